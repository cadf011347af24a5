/** What chapters 5 and 6 teach: names against numbers, the lock, and what can be read on the way. */
import { commands, extensions, type CommandSpec } from '#lib/pop3/commands.ts';
import { among, type Maker } from './question.ts';

const NAMES = ['u-welcome', 'u-won', 'u-dots', 'u-photo', 'u-bill'] as const;

const renumbered: Maker = (dice) => {
	const box = dice.shuffle(NAMES).slice(0, 4);
	const gone = dice.between(0, 2);
	const wanted = dice.between(gone + 1, 3);
	const right = String(wanted);
	return {
		ask: `Yesterday: ${box.map((name, i) => `${i + 1} ${name}`).join(', ')}. Then letter ${gone + 1} was deleted with QUIT. Which number has ${box[wanted]} today?`,
		options: among(dice, right, ['1', '2', '3', '4', '5']),
		right,
		why: `Numbers are given anew in each session, without gaps. ${box[wanted]} was ${wanted + 1} and one before it is gone.`,
		mono: true
	};
};

const unknown: Maker = (dice) => {
	const there = dice.shuffle(NAMES).slice(0, dice.between(3, 5));
	const known = dice.shuffle(NAMES).slice(0, 2);
	const wanted = there.filter((name) => !known.includes(name));
	const right = String(wanted.length);
	return {
		ask: `UIDL lists ${there.join(', ')}. The program remembers ${known.join(' and ')}. How many letters must it download?`,
		options: among(
			dice,
			right,
			dice.shuffle(['1', '2', '3', '4', '5'].filter((n) => n !== right)).slice(0, 3)
		),
		right,
		why: `It fetches what it does not remember: ${wanted.join(', ') || 'nothing'}.`,
		mono: true
	};
};

const lasting: Maker = (dice) => ({
	ask: 'Which command tells names that stay the same in the next session?',
	options: among(dice, 'UIDL', ['LIST', 'STAT', 'TOP']),
	right: 'UIDL',
	why: 'LIST and STAT speak of numbers and sizes in this session; UIDL of names that last (RFC 1939 §7).',
	mono: true
});

const inUse: Maker = (dice) => {
	const right = '-ERR [IN-USE]';
	return {
		ask: 'One session is inside Ada’s box. A second one gives the right password. What does it hear?',
		options: among(dice, right, ['+OK', '-ERR [AUTH]', 'nothing, until the first one leaves']),
		right,
		why: 'The maildrop is locked for one session at a time; the second hears -ERR, by RFC 2449 with [IN-USE].',
		mono: true
	};
};

const memory: Maker = (dice) => {
	const right = 'the mail program, on your device';
	return {
		ask: 'Who knows which letters you have read already?',
		options: among(dice, right, ['the POP3 server', 'the sender', 'both, they synchronise']),
		right,
		why: 'A POP3 server keeps no such mark. A program that leaves letters there must remember their names itself.'
	};
};

const hex = (text: string): string =>
	[...text].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
const readable: Maker = (dice) => {
	const secrets = dice.shuffle(['lovelace', 'hopper', 'turing', 'shannon']);
	const [secret = 'lovelace', ...others] = secrets;
	return {
		ask: `A tap on the way shows the octets ${hex(`PASS ${secret}`)}. What is the password?`,
		options: among(dice, secret, others),
		right: secret,
		why: `50 41 53 53 20 is “PASS ”. What follows is plain ASCII: ${secret}.`,
		mono: true
	};
};

const digest: Maker = (dice) => {
	const right = 'the stamp of the greeting, then the secret';
	return {
		ask: 'Of what is the digest of APOP made?',
		options: among(dice, right, [
			'the secret, then the stamp of the greeting',
			'the name, then the secret',
			'the secret alone'
		]),
		right,
		why: 'MD5 over the stamp with its brackets and then the secret (RFC 1939 §7). A new greeting makes a new digest.'
	};
};

const hides: Maker = (dice) => {
	const rows: readonly CommandSpec[] = [...commands, ...extensions];
	const { keyword, means } = dice.pick(
		rows.filter((row) => ['APOP', 'CAPA', 'STLS', 'PASS'].includes(row.keyword))
	);
	return {
		ask: `Which command does this? “${means}”`,
		options: among(dice, keyword, ['APOP', 'CAPA', 'STLS', 'PASS']),
		right: keyword,
		why: `${keyword} does.`,
		mono: true
	};
};

export const twice: readonly Maker[] = [renumbered, unknown, lasting, inUse, memory];
export const postcards: readonly Maker[] = [readable, digest, hides];
