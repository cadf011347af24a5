/** The coach explains each refusal from the server's state, and names the event that led away. */
import { describe, expect, it } from 'vitest';
import { coach } from '#lib/levels/coach.ts';
import { pointed, questionStatuses } from '#lib/levels/questions.ts';
import { leftPath } from '#lib/levels/away.ts';
import { knock } from '#lib/levels/knock.ts';
import type { Level } from '#lib/levels/level.ts';
import { papers } from '#lib/levels/papers.ts';
import { refusal } from '#lib/levels/refusal.ts';
import { shake } from '#lib/levels/shake.ts';
import { count, never, seen } from '#lib/levels/goals.ts';
import { marked, pop3State, tcpState } from '#lib/levels/matches.ts';
import type { Event, EventOf, Input } from '#lib/sim/event.ts';
import { dissect } from '#lib/wire/dissect.ts';
import { find } from '#lib/wire/nodes.ts';
import { act, play } from './play.ts';

const type = (line: string): Input => ({ kind: 'type', host: 'desk', line });
const octets = (text: string): Input => ({ kind: 'octets', host: 'desk', octets: text });
const answer = (question: string, value: string | number): Input => ({ kind: 'answer', question, value });
const lines = (...all: string[]): Input[] => all.map(type);
const login = ['USER ada', 'PASS lovelace'];

describe('a refusal', () => {
	const said = (...inputs: Input[]) => {
		const found = refusal(papers, play(papers, inputs).log);
		return found && { fault: found.fault, say: found.say, look: found.look };
	};

	it.each([
		[
			'STAT before login',
			['STAT'],
			'wrongState',
			'The server is in AUTHORIZATION. Show papers first.',
			'states'
		],
		[
			'a name sent with its line end spelt out',
			['USER ada<CRLF>', 'PASS lovelace'],
			'loginRefused',
			'Enter already sends CRLF: bytes 0d 0a. The word was taken as part of the name.',
			'bytes'
		],
		[
			'RETR without number',
			[...login, 'RETR'],
			'numberRequired',
			'Which letter? LIST shows the numbers.',
			null
		],
		[
			'RETR with a word',
			[...login, 'RETR x'],
			'numberRequired',
			'Which letter? LIST shows the numbers.',
			null
		],
		[
			'a number that is not there',
			[...login, 'RETR 9'],
			'noSuchMessage',
			'There are 4 in this session.',
			null
		],
		[
			'a marked letter',
			[...login, 'DELE 2', 'RETR 2'],
			'messageDeleted',
			'Marked letters are hidden. RSET brings them back.',
			null
		],
		[
			'a letter marked twice',
			[...login, 'DELE 2', 'DELE 2'],
			'messageDeleted',
			'Marked letters are hidden. RSET brings them back.',
			null
		],
		['swapped letters', [...login, 'LSIT'], 'unknownCommand', 'Did you mean LIST?', null],
		['one letter off', ['USR ada'], 'unknownCommand', 'Did you mean USER?', null],
		[
			'nothing like a command',
			['please'],
			'unknownCommand',
			'PLEASE is no POP3 command. Here the server takes USER, PASS, APOP or QUIT.',
			null
		],
		[
			'a long argument',
			[`USER ${'a'.repeat(41)}`],
			'argumentTooLong',
			'POP3 words are short: argument up to 40 characters.',
			null
		],
		[
			'a long line',
			['x'.repeat(300)],
			'lineTooLong',
			'POP3 lines are short: at most 255 octets, the line end included.',
			null
		],
		[
			'PASS without USER',
			['PASS lovelace'],
			'userFirst',
			'Whose word is it? First say who: USER and the name. After a refused PASS, say it again.',
			'states'
		],
		[
			'PASS again after a refusal',
			['USER ada', 'PASS no', 'PASS lovelace'],
			'userFirst',
			'Whose word is it? First say who: USER and the name. After a refused PASS, say it again.',
			'states'
		],
		['USER without name', ['USER'], 'nameRequired', 'Whose box? USER wants a name.', null],
		[
			'PASS without word',
			['USER ada', 'PASS'],
			'passwordRequired',
			'PASS wants the secret word after a space.',
			null
		],
		[
			'USER after login',
			[...login, 'USER ada'],
			'wrongState',
			'The server is in TRANSACTION. There it takes STAT, LIST, RETR, DELE, NOOP, RSET, TOP, UIDL or QUIT.',
			'states'
		],
		[
			'APOP without a stamp',
			['APOP ada c4c9334bac560ecc979e58001b3e22fb'],
			'apopNotOffered',
			'The greeting had no stamp in angle brackets, so this server does not offer APOP.',
			null
		],
		['too many words', ['QUIT now'], 'tooManyArguments', 'One word too many for QUIT.', null],
		['two spaces', ['USER  ada'], 'spacing', 'One space between words, none at the ends.', null],
		[
			'TOP without lines',
			[...login, 'TOP 1'],
			'linesRequired',
			'TOP wants two numbers: which letter, and how many lines of it.',
			null
		],
		['an empty line', [''], 'emptyLine', 'An empty line is no command.', null],
		[
			'a letter outside ASCII',
			['USER ädä'],
			'notPrintable',
			'A command holds plain ASCII only: letters, digits and common signs.',
			'bytes'
		]
	] as const)('%s is explained', (_what, typed, fault, say, look) => {
		expect(said(...lines(...typed))).toEqual({ fault, say, look });
	});

	it('is explained by the state of the box, not by the word', () => {
		expect(said(...lines('USER ada', 'PASS lovelance'))?.fault).toBe('loginRefused');
		expect(said(...lines('USER ada', 'PASS lovelance'))?.say).toMatch(/^Name and word do not fit/);
	});

	it('counts the letters that the session found at its login', () => {
		const again = ['DELE 1', 'DELE 2', 'DELE 3', 'QUIT', 'connect post 110', ...login, 'RETR 2'];
		expect(said(...lines(...login, ...again))?.say).toBe('There is 1 in this session.');
	});

	it.each(['USER ada\n', 'USER ada\rQUIT'])('names a line end that is not one: %j', (text) => {
		expect(said(octets(text))).toEqual({
			fault: 'bareLF',
			say: 'A line ends with CR LF: bytes 0d 0a, both, in this order. Enter sends them for you.',
			look: 'bytes'
		});
	});

	it('is silent when the last reply was +OK, when nothing was said, and once something new is typed', () => {
		expect(said()).toBeNull();
		expect(said(...lines('STAT', 'USER ada'))).toBeNull();
		expect(said(...lines('user ada'))).toBeNull();
		const { log } = play(papers, lines('STAT', 'USER ada'));
		const second = log.findIndex((event) => event.kind === 'input' && event.seq > 30);
		expect(refusal(papers, log.slice(0, second))?.fault).toBe('wrongState');
		expect(refusal(papers, log.slice(0, second + 1))).toBeNull();
	});
});

describe('what the coach says', () => {
	const report = (level: Level, ...inputs: Input[]) => coach(level, play(level, inputs).log);

	it('offers a hint after three refusals in a row, and not after a success between', () => {
		expect(report(papers, ...lines('STAT', 'LIST')).message?.kind).toBe('refused');
		const third = report(papers, ...lines('STAT', 'LIST', 'RETR 1')).message;
		expect(third?.kind).toBe('hint');
		expect(third?.say).toMatch(/Show papers first\. A hint is waiting\.$/);
		expect(report(papers, ...lines('STAT', 'LIST', 'USER ada', 'RETR 1')).message?.kind).toBe('refused');
	});

	it('is the next milestone while all is well', () => {
		const { message, milestone, passed } = report(papers, ...lines('USER ada'));
		expect({ message, passed, next: milestone?.next }).toEqual({
			message: null,
			passed: 3,
			next: 'Try the word as the note spells it first: PASS lovelance'
		});
	});

	it('is nothing once the level is solved', () => {
		expect(report(knock, ...knock.showMe)).toMatchObject({
			solved: true,
			milestone: null,
			show: null,
			message: null
		});
	});

	it('names a wrong door, and where to rewind to', () => {
		const { log } = play(knock, lines('connect post 25'));
		const { message, away } = coach(knock, log);
		expect(message).toMatchObject({ kind: 'away', rewindTo: 0 });
		expect(away?.event).toMatchObject({ kind: 'tcp.error', error: 'refused' });
		expect(coach(knock, play(knock, lines('connect post 25', 'connect post 110')).log).away).toBeNull();
	});

	it('names the open door that was tried first, until it is made good', () => {
		const world = play(shake, lines('connect post 110'));
		const away = leftPath(shake, world.log);
		expect(away?.event).toMatchObject({ kind: 'tcp.state', to: 'ESTABLISHED' });
		expect(away?.rewindTo).toBe(0);
		act(world, lines('QUIT', 'connect post 109'));
		expect(leftPath(shake, world.log)?.say).toMatch(/^Door 110 opened before/);
		act(world, lines('connect post 110'));
		expect(leftPath(shake, world.log)).toBeNull();
	});

	it('names a login without the refusal that was asked for', () => {
		const { log } = play(papers, lines(...login));
		const { away, message } = coach(papers, log);
		expect(away?.event).toMatchObject({ kind: 'pop3.state', to: 'TRANSACTION' });
		const typed = log[away?.rewindTo ?? -1];
		expect(typed).toMatchObject({ kind: 'input', input: { line: 'PASS lovelace' } });
		expect(message).toMatchObject({ kind: 'away', rewindTo: away?.rewindTo });
		// it is said once; the way back stays open
		const later = report(papers, ...lines(...login, 'STAT'));
		expect(later.message).toBeNull();
		expect(later.away?.rewindTo).toBe(away?.rewindTo);
	});

	it('names the input that undid a milestone', () => {
		const { log } = play(papers, lines('USER ada', 'QUIT'));
		expect(leftPath(papers, log)).toMatchObject({
			event: { kind: 'input', input: { line: 'QUIT' } },
			say: '“QUIT” was a step back.'
		});
		expect(coach(papers, log).message).toMatchObject({ kind: 'away', say: '“QUIT” was a step back.' });
		expect(
			leftPath(papers, play(papers, lines('USER ada', 'QUIT', 'connect post 110', 'USER ada')).log)
		).toBeNull();
	});

	it('names the event that broke a guard, and never lets it lock the level by itself', () => {
		const guarded: Level = {
			...papers,
			goal: [
				{ say: 'The server is in TRANSACTION', is: seen(pop3State({ to: 'TRANSACTION' })) },
				{ say: 'No letter is marked', is: never(marked()), guard: true }
			]
		};
		const clean = report(guarded, ...lines(...login));
		expect(clean.rows.map(({ state }) => state)).toEqual(['met', 'kept']);
		expect(clean.solved).toBe(true);
		const { log } = play(guarded, lines(...login, 'DELE 3', 'NOOP'));
		const broken = coach(guarded, log);
		expect(broken.rows.map(({ state }) => state)).toEqual(['met', 'broken']);
		expect(broken.solved).toBe(false);
		expect(broken.message).toMatchObject({ kind: 'broken', say: '“DELE 3” broke row 2.' });
		const before = log.slice(0, broken.message?.rewindTo ?? 0);
		expect(coach(guarded, before).solved).toBe(true);
	});

	it('names the packet where a packet broke a guard', () => {
		const guarded: Level = {
			...knock,
			goal: [
				{ say: 'The line is open', is: seen(tcpState('desk', 'ESTABLISHED')) },
				{ say: 'Two packets at most', is: count((event) => event.kind === 'packet.sent', 3), guard: true }
			]
		};
		expect(report(guarded, ...lines('connect post 110')).message?.say).toBe(
			'Packet 3 (connect post 110) broke row 2.'
		);
	});
});

describe('questions', () => {
	it('are ahead, then open, then right', () => {
		const { log } = play(shake, [
			...lines('connect post 109', 'connect post 110'),
			answer('third.ack', 5000)
		]);
		const states = (to: number) => questionStatuses(shake, log.slice(0, to)).map(({ state }) => state);
		const synAck = log.findIndex((event) => shake.questions[0]?.opens?.(event, log));
		expect(states(synAck)).toEqual(['ahead', 'ahead']);
		expect(states(synAck + 1)).toEqual(['open', 'ahead']);
		expect(states(log.length)).toEqual(['open', 'open']);
		const { log: better } = play(shake, [...shake.showMe]);
		expect(questionStatuses(shake, better).map(({ state }) => state)).toEqual(['right', 'right']);
	});

	it('hold no judgement of an answer before the run tells', () => {
		const world = play(knock, [answer('first', 'desk')]);
		expect(questionStatuses(knock, world.log)[0]).toMatchObject({
			given: [{ value: 'desk', right: null }],
			right: null,
			explanation: null
		});
		act(world, lines('connect post 110'));
		const [first] = questionStatuses(knock, world.log);
		expect(first).toMatchObject({ given: [{ value: 'desk', right: false }], right: 'post', state: 'open' });
		expect(first?.explanation).toMatch(/packet 4 came from post/);
	});

	it('explain the difference of the last wrong answer', () => {
		const wrong = (value: number) => {
			const inputs = [...lines('connect post 109', 'connect post 110'), answer('third.ack', value)];
			return questionStatuses(shake, play(shake, inputs).log)[1]?.explanation;
		};
		expect(wrong(5000)).toBe(
			'5000: one short. ACK means “I expect this number next”. The SYN counts as one: 5000 + 1 = 5001.'
		);
		expect(wrong(5002)).toMatch(/^5002: one too many\. /);
		expect(wrong(1001)).toMatch(/^You said 1001\. /);
		expect(wrong(5001)).toBeNull();
	});

	it('take the field that was asked for, and no other of the same value', () => {
		const { log } = play(shake, lines('connect post 109', 'connect post 110'));
		const sent = (packet: number) => {
			const event = log.find(
				(each): each is EventOf<'packet.sent'> => each.kind === 'packet.sent' && each.packet === packet
			);
			if (!event) throw new Error(`no packet ${packet}`);
			return event;
		};
		const node = (event: EventOf<'packet.sent'>, name: string) => {
			const found = find(dissect(event.bytes), name);
			if (!found) throw new Error(name);
			return found;
		};
		const [question] = shake.questions;
		if (!question) throw new Error('no question');
		const point = (packet: number, name: string) =>
			pointed(question, log, sent(packet), node(sent(packet), name));
		expect(point(4, 'tcp.ack_raw')).toBe(1001);
		expect(node(sent(5), 'tcp.seq_raw').value).toBe(1001);
		expect(point(5, 'tcp.seq_raw')).toMatch(/of packet 5, /);
		expect(point(2, 'tcp.ack_raw')).toMatch(/of packet 2, /);
		const given: Event[] = [
			...play(shake, [
				...lines('connect post 109', 'connect post 110'),
				answer(question.id, point(5, 'tcp.seq_raw'))
			]).log
		];
		expect(questionStatuses(shake, given)[0]).toMatchObject({ state: 'open', given: [{ right: false }] });
	});
});
