import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMAND_LIMIT, LineFramer, type Line } from '#lib/pop3/framer.ts';
import { octets } from './story.ts';

function frame(...segments: string[]): Line[] {
	const framer = new LineFramer();
	return segments.flatMap((segment) => framer.push(octets(segment)));
}

const short = (lines: Line[]) => lines.map(({ text, end, tooLong }) => `${text}|${end}${tooLong ? '!' : ''}`);

describe('lines', () => {
	test('end at CRLF, several in one segment, one over many', () => {
		expect(short(frame('USER ada\r\nPASS x\r\n'))).toEqual(['USER ada|CRLF', 'PASS x|CRLF']);
		expect(short(frame('ST', 'A', 'T', '\r', '\n'))).toEqual(['STAT|CRLF']);
		expect(short(frame('\r\n'))).toEqual(['|CRLF']);
		expect(frame('STAT')).toEqual([]);
	});

	test('a bare LF ends a malformed line', () => {
		expect(short(frame('NOOP\nSTAT\r\n'))).toEqual(['NOOP|LF', 'STAT|CRLF']);
		expect(short(frame('\n'))).toEqual(['|LF']);
	});

	test('a CR followed by anything but LF ends a malformed line, and what follows begins a new one', () => {
		expect(short(frame('NOOP\rSTAT\r\n'))).toEqual(['NOOP|CR', 'STAT|CRLF']);
		expect(short(frame('\r\r\n'))).toEqual(['|CR', '|CRLF']);
		expect(short(frame('NOOP\r', 'STAT\r\n'))).toEqual(['NOOP|CR', 'STAT|CRLF']);
		expect(short(frame('\n\r'))).toEqual(['|LF']);
	});

	test('255 octets with CRLF is the longest; a longer one is told when it ends, once', () => {
		expect(short(frame(`${'x'.repeat(253)}\r\n`))).toEqual([`${'x'.repeat(253)}|CRLF`]);
		expect(frame(`${'x'.repeat(254)}\r\n`)[0]?.tooLong).toBe(true);
		expect(frame(`${'x'.repeat(254)}\n`)[0]?.tooLong).toBe(false);
		expect(frame('x'.repeat(100_000))).toEqual([]);
		expect(frame('x'.repeat(100_000), 'y\r\nSTAT\r\n').map(({ tooLong }) => tooLong)).toEqual([true, false]);
	});

	test('memory is bounded, whatever comes', () => {
		const framer = new LineFramer();
		framer.push(octets('x'.repeat(1_000_000)));
		expect(framer.pending).toBe(1_000_000);
		const [line] = framer.push(octets('\r\n'));
		expect(line?.text).toBe('x'.repeat(COMMAND_LIMIT));
		expect(framer.pending).toBe(0);
	});

	test('segment boundaries mean nothing', () => {
		const piece = fc.constantFrom('\r', '\n', '\r\n', 'STAT', ' ', '\x00', 'é', 'x'.repeat(254));
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat(60)), (pieces, cuts) => {
				const text = pieces.join('');
				const segments: string[] = [];
				let at = 0;
				for (const cut of cuts) segments.push(text.slice(at, (at += cut)));
				segments.push(text.slice(at));
				expect(frame(...segments)).toEqual(frame(text));
			})
		);
	});

	test('no octet is lost or invented', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('\r', '\n', 'a', 'b'), { maxLength: 60 }), (pieces) => {
				const text = pieces.join('');
				const ends = { CRLF: '\r\n', LF: '\n', CR: '\r' };
				const framer = new LineFramer();
				const lines = framer.push(octets(text));
				const back = lines.map((line) => line.text + ends[line.end]).join('');
				expect(text.startsWith(back)).toBe(true);
				expect(text.length - back.length).toBe(framer.pending);
			})
		);
	});
});
