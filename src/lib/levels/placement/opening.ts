/** What chapters 1 and 2 teach: ports and the handshake, and which command is good in which state. */
import { commands, type CommandSpec, type CommandState } from '#lib/pop3/commands.ts';
import { POP3_PORT } from '#lib/wire/pop3-lines.ts';
import { add } from '#lib/wire/seq.ts';
import { among, type Maker } from './question.ts';

const rows: readonly CommandSpec[] = commands;
const STATES: readonly CommandState[] = ['AUTHORIZATION', 'TRANSACTION'];

const port: Maker = (dice) => ({
	ask: 'Which port does a POP3 server listen on?',
	options: among(dice, String(POP3_PORT), dice.shuffle(['25', '143', '80', '53']).slice(0, 3)),
	right: String(POP3_PORT),
	why: `POP3 has port ${POP3_PORT} (RFC 1939 §3). 25 is SMTP’s, 143 is IMAP’s, 80 is HTTP’s, 53 is DNS’s.`,
	mono: true
});

const synAck: Maker = (dice) => {
	const seq = dice.between(10_000, 90_000);
	const right = String(add(seq, 1));
	return {
		ask: `A SYN carries sequence number ${seq}. Which acknowledgement number does the SYN,ACK carry?`,
		options: among(dice, right, [String(seq), String(add(seq, 2)), String(add(seq, 40))]),
		right,
		why: `ACK names the number expected next. A SYN uses up one: ${seq} + 1 = ${right} (RFC 9293 §3.4).`,
		mono: true
	};
};

const SEGMENTS = [
	['SYN', 'wants to open a connection'],
	['SYN,ACK', 'agrees, and opens the other direction'],
	['RST,ACK', 'nobody listens at that port'],
	['FIN,ACK', 'has nothing more to send']
] as const;
const flags: Maker = (dice) => {
	const [name, right] = dice.pick(SEGMENTS);
	return {
		ask: `A segment has the flags ${name}. What does its sender say?`,
		options: among(
			dice,
			right,
			SEGMENTS.map(([, says]) => says)
		),
		right,
		why: `${name}: ${right}. The others say something else: ${SEGMENTS.filter(([other]) => other !== name)
			.map(([other, says]) => `${other} ${says}`)
			.join('; ')}.`
	};
};

const first: Maker = (dice) => {
	const right = 'the server, with a greeting';
	return {
		ask: 'The three packets of the handshake are through. Who speaks first in POP3?',
		options: among(dice, right, ['the client, with USER', 'the client, with QUIT', 'whoever is faster']),
		right,
		why: 'The server greets with +OK as soon as the connection is open (RFC 1939 §4).'
	};
};

const goodIn = (state: CommandState) => (row: CommandSpec) => row.states.includes(state);

const taken: Maker = (dice) => {
	const state = dice.pick(STATES);
	const [good, bad] = [rows.filter(goodIn(state)), rows.filter((row) => !goodIn(state)(row))];
	const { keyword } = dice.pick(good);
	const others = dice.shuffle(bad).slice(0, 3);
	return {
		ask: `The server is in ${state}. Which of these does it take?`,
		options: among(
			dice,
			keyword,
			others.map((row) => row.keyword)
		),
		right: keyword,
		why: `In ${state} it takes ${good.map((row) => row.keyword).join(', ')}. Anything else is answered by -ERR.`,
		mono: true
	};
};

const refused: Maker = (dice) => {
	const state = dice.pick(STATES);
	const good = rows.filter(goodIn(state));
	const { keyword, states } = dice.pick(rows.filter((row) => !goodIn(state)(row)));
	return {
		ask: `The server is in ${state}. Which of these does it refuse?`,
		options: among(
			dice,
			keyword,
			dice
				.shuffle(good)
				.slice(0, 3)
				.map((row) => row.keyword)
		),
		right: keyword,
		why: `${keyword} is good in ${states.join(' and ')} only.`,
		mono: true
	};
};

const everywhere: Maker = (dice) => {
	const { keyword } = dice.pick(rows.filter((row) => STATES.every((state) => goodIn(state)(row))));
	const others = dice.shuffle(rows.filter((row) => row.states.length === 1)).slice(0, 3);
	return {
		ask: 'Which of these is good before the login and after it?',
		options: among(
			dice,
			keyword,
			others.map((row) => row.keyword)
		),
		right: keyword,
		why: `${keyword} is good in both states. Before the login it only closes; after it, it deletes what is marked.`,
		mono: true
	};
};

const login: Maker = (dice) => {
	const { keyword, means } = dice.pick(rows.filter(({ states }) => !states.includes('TRANSACTION')));
	return {
		ask: `Which command does this? “${means}”`,
		options: among(dice, keyword, ['USER', 'PASS', 'APOP', 'STAT']),
		right: keyword,
		why: `${keyword}. It is given in AUTHORIZATION.`,
		mono: true
	};
};

export const knocking: readonly Maker[] = [port, synAck, flags, first];
export const papers: readonly Maker[] = [taken, refused, everywhere, login];
