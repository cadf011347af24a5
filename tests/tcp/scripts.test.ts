// Every script under scripts/ is one test. Then the notation itself: what it cannot read, and what does not come true, it
// says with file and line.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { perform, readScript } from './script.ts';

const FOLDER = join(import.meta.dirname, 'scripts');
const scripts = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.script'))
	.map((name) => name.replaceAll('\\', '/'))
	.sort()
	.map((name) => readScript(name.replace(/\.script$/, ''), readFileSync(join(FOLDER, name), 'utf8')));
const folders = [...new Set(scripts.map(({ id }) => id.split('/')[0] ?? ''))];

describe.each(folders)('%s', (folder) => {
	const own = scripts.filter(({ id }) => id.startsWith(`${folder}/`));
	test.each(own.map((script) => [script.title, script] as const))('%s', (_title, script) => {
		perform(script);
		expect(script.statements.some(({ kind }) => kind !== 'in' && kind !== 'user')).toBe(true);
	});
});

test('no two scripts have the same title', () => {
	const titles = scripts.map(({ title }) => title);
	expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

describe('the notation complains of', () => {
	const head = '# a title\n# RFC 9293 §3.10\n';
	const complaint = (lines: string): string => {
		try {
			perform(readScript('x/y', head + lines));
		} catch (error) {
			return error instanceof Error ? error.message : '';
		}
		return 'nothing';
	};

	test.each([
		['no title', () => readScript('x/y', '. OPEN'), 'x/y:1: at ". OPEN": the first line is # title'],
		['no clause', () => readScript('x/y', '# title\n# §3'), 'x/y:2: at "# §3": the second line is # RFC …']
	])('%s', (_what, read, message) => {
		expect(read).toThrow(message);
	});

	test.each([
		['? no', 'x/y:3: at "? no": write ? name value'],
		['with nagel', 'x/y:3: at "with nagel": nothing is called nagel'],
		['in ESTABLISHMENT', 'x/y:3: at "in ESTABLISHMENT": "ESTABLISHMENT" is no state of TCP'],
		['at home', 'x/y:3: at "at home": before the story come with …, on host, in STATE'],
		['. OPEN\nwith nagle', 'x/y:4: at "with nagle": a line begins with < > = ! . + ~ ? or #'],
		['. OPNE', 'x/y:3: at ". OPNE": the user cannot "OPNE"'],
		['\n\n< SIN', 'x/y:5: at "< SIN": what is SIN?'],
		['< ACK 1:11(9)', 'x/y:3: at "< ACK 1:11(9)": 1:11(9): from 1 to 11 are 10 octets'],
		['< ACK 1:3(2) "abc"', 'the text has 3 octets and not 2'],
		['< ACK ack', 'x/y:3: at "< ACK ack": ack needs a number, not ""'],
		['< ACK <mss>', 'mss needs a number, not ""'],
		['< ACK <moss 5>', 'there is no option "moss 5"'],
		['> ACK "abc" by 2', 'only a length can be cut into pieces'],
		['= OPENED', 'x/y:3: at "= OPENED": "OPENED" is no state of TCP'],
		['+ 5y', 'x/y:3: at "+ 5y": "5y" is no time: write 40ms, 1.5s, 2h'],
		['~ 5s someday', 'x/y:3: at "~ 5s someday": "someday" should be "background"']
	])('a line that it cannot read: %j', (lines, message) => {
		expect(complaint(lines)).toContain(message);
	});

	test.each([
		['> ACK', 'x/y:4: at "> ACK": nothing was sent; wanted\n  ACK 1:1(0) ack 1 win 65535 from 49152 to 110'],
		['< PSH,ACK 1:3(2) "hi"', 'x/y:4: at "the end": sent, and not expected:\n  ACK 1:1(0) ack 3 win 65535'],
		['< PSH,ACK "hi"\n. CLOSE', 'x/y:5: at ". CLOSE": sent, and not expected'],
		[
			'< PSH,ACK "hi"\n> ACK ack 4',
			'sent\n  ACK 1:1(0) ack 3 win 65535 from 49152 to 110\nwanted\n  ACK 1:1(0) ack 4'
		],
		['. SEND "a"\n> PSH,ACK "b"', 'sent\n  PSH,ACK 1:2(1) ack 1 win 65535 "a"'],
		['. SEND "a"\n> PSH,ACK "a" (rto)', 'wanted\n  PSH,ACK 1:2(1) ack 1 win 65535 "a" (rto)'],
		['= CLOSED', 'x/y:4: at "= CLOSED": the state is ESTABLISHED'],
		['. ABORT\n> RST\n! end', 'what came up: ABORT: ESTABLISHED to CLOSED; closed'],
		['. ABORT\n> RST\n! not closed', 'x/y:6: at "! not closed": what came up'],
		['~ 1s', 'x/y:4: at "~ 1s": the next time-out: none'],
		['. CLOSE\n> FIN,ACK\n~ 1s background', 'the next time-out: in 1000000 us'],
		['? unread 1', 'x/y:4: at "? unread 1": unread is 0'],
		['? luck 1', 'STATUS tells no number called luck'],
		['? read "a"', 'the user has read ""'],
		['. CLOSE\n> FIN,ACK\n+1s nothing', 'x/y:6: at "+1s nothing": sent, and not expected'],
		['. CLOSE\n> FIN,ACK\n+2s > FIN,ACK (rto)', 'it was sent 1000000 us before that'],
		['. CLOSE\n> FIN,ACK\n+2s < ACK ack 2', 'x/y:6: at "+2s < ACK ack 2": sent, and not expected'],
		['< udp "a"', 'a connection takes no such thing: say "on host"'],
		['. SEND a', 'SEND takes "text" or a number of octets, not a']
	])('a story that does not come true: %j', (lines, message) => {
		expect(complaint(`in ESTABLISHED\n${lines}`)).toContain(message);
	});

	test('nothing, when all is as it was told', () => {
		expect(
			complaint('in ESTABLISHED\n. SEND "a"\n> PSH,ACK "a"\n+1s > PSH,ACK "a" (rto)\n+1ms < ACK ack 2')
		).toBe('nothing');
	});
});
