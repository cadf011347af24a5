/** The coach explains each refusal from the server's state. */
import { describe, expect, it } from 'vitest';
import { papers } from '#lib/levels/papers.ts';
import { refusal } from '#lib/levels/refusal.ts';
import type { Input } from '#lib/sim/event.ts';
import { play } from './play.ts';
import { lines, login } from './typed.ts';

const octets = (text: string): Input => ({ kind: 'octets', host: 'desk', octets: text });

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
