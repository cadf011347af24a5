/** What chapters 3 and 4 teach: counting, carrying, how replies end, and when a letter is gone. */
import { commands, isMultiLine, type CommandSpec } from '#lib/pop3/commands.ts';
import type { Dice } from '../dice.ts';
import { among, type Maker } from './question.ts';

const inside = (commands as readonly CommandSpec[]).filter(({ states }) => states.includes('TRANSACTION'));

const means: Maker = (dice) => {
	const { keyword, means: says } = dice.pick(inside);
	const others = dice.shuffle(inside.filter((row) => row.keyword !== keyword)).slice(0, 3);
	return {
		ask: `Which command does this? “${says}”`,
		options: among(
			dice,
			keyword,
			others.map((row) => row.keyword)
		),
		right: keyword,
		why: `${keyword} does.`,
		mono: true
	};
};

const ends: Maker = (dice) => {
	const line = dice.pick(['LIST', 'LIST 2', 'RETR 1', 'STAT', 'TOP 1 0', 'DELE 1', 'UIDL', 'UIDL 3', 'NOOP']);
	const many = isMultiLine(line);
	const [dot, one] = ['a line with one dot', 'with its first line'];
	const right = many ? dot : one;
	return {
		ask: `${line} is answered by +OK. How does that answer end?`,
		options: among(dice, right, [dot, one, 'an empty line', 'the server closes the line']),
		right,
		why: many
			? `${line} is answered by several lines; a dot alone on a line ends them (RFC 1939 §3).`
			: `${line} is answered by one line, which ends with CR LF (RFC 1939 §3).`
	};
};

const octets: Maker = (dice) => {
	const word = dice.pick(['Hello', 'Dear Ada', 'Send money', 'Bye', 'Come at noon']);
	const right = String(word.length + 2);
	return {
		ask: `How many octets does the line “${word}” take on the wire, its end included?`,
		options: among(dice, right, [word.length, word.length + 1, word.length + 3].map(String)),
		right,
		why: `${word.length} characters of ASCII and two octets, CR and LF: ${right}.`,
		mono: true
	};
};

const stuffed: Maker = (dice) => {
	const [size, dots] = [dice.between(120, 900), dice.between(2, 5)];
	const right = String(size + dots);
	return {
		ask: `A letter has ${size} octets, and ${dots} of its lines begin with a dot. How many octets of it travel before the final dot?`,
		options: among(dice, right, [size, size - dots, size + 2 * dots].map(String)),
		right,
		why: `Each line that begins with a dot gets one more on the way: ${size} + ${dots} = ${right} (RFC 1939 §3).`,
		mono: true
	};
};

/** Sizes of a made maildrop. */
const boxOf = (dice: Dice): readonly number[] =>
	Array.from({ length: dice.between(3, 5) }, () => dice.between(100, 900));
const stat = (sizes: readonly number[]): string => `+OK ${sizes.length} ${sizes.reduce((a, b) => a + b, 0)}`;
const counted = (sizes: readonly number[]): string => sizes.map((size, i) => `${i + 1}: ${size}`).join(', ');

const sums: Maker = (dice) => {
	const box = boxOf(dice);
	const right = stat(box);
	return {
		ask: `A box holds letters of these sizes: ${counted(box)}. What does STAT answer?`,
		options: among(dice, right, [stat(box.slice(1)), `+OK ${box.length}`, `+OK ${right.split(' ')[2]}`]),
		right,
		why: 'STAT tells how many letters there are and all their octets together.',
		mono: true
	};
};

const hidden: Maker = (dice) => {
	const box = boxOf(dice);
	const gone = dice.below(box.length);
	const left = box.filter((_, i) => i !== gone);
	const right = stat(left);
	return {
		ask: `Letters: ${counted(box)}. DELE ${gone + 1} was answered by +OK. What does STAT answer now?`,
		options: among(dice, right, [stat(box), stat(box.slice(0, -2)), `+OK ${left.length} ${box[gone]}`]),
		right,
		why: 'A marked letter is no longer counted, though it is still on the disk (RFC 1939 §5).',
		mono: true
	};
};

const list = (numbers: readonly number[]): string =>
	numbers.length ? numbers.map((n) => `letter ${n}`).join(' and ') : 'none';

/** A session of marks, taken back or not, that ends with QUIT or with a broken line. */
const afterwards: Maker = (dice) => {
	const [a = 1, b = 2, c = 3] = dice.shuffle([1, 2, 3, 4]);
	const [reset, polite] = [dice.below(2) === 1, dice.below(3) > 0];
	const acts = [`DELE ${a}`, `DELE ${b}`, ...(reset ? ['RSET'] : []), `DELE ${c}`];
	const marked = (reset ? [c] : [a, b, c]).toSorted((x, y) => x - y);
	const all = [a, b, c].toSorted((x, y) => x - y);
	const right = list(polite ? marked : []);
	return {
		ask: `A session: ${acts.join(', ')}, ${polite ? 'QUIT' : 'and then the line is cut'}. Which letters are gone for good?`,
		options: among(dice, right, [list(marked), list(all), list([]), list([a])]),
		right,
		why: polite
			? `QUIT after a login enters UPDATE and deletes what is marked.${reset ? ' RSET took the earlier marks back.' : ''}`
			: 'Only QUIT enters UPDATE. A line that breaks deletes nothing (RFC 1939 §6).'
	};
};

const unmark: Maker = (dice) => {
	const { keyword, means: says } = dice.pick(
		inside.filter((row) => ['RSET', 'DELE', 'QUIT'].includes(row.keyword))
	);
	return {
		ask: `Which command does this? “${says}”`,
		options: among(dice, keyword, ['RSET', 'DELE', 'QUIT', 'NOOP']),
		right: keyword,
		why: 'DELE marks, RSET takes all marks back, QUIT makes them real.',
		mono: true
	};
};

const when: Maker = (dice) => {
	const right = 'UPDATE, after QUIT';
	return {
		ask: 'In which state does a POP3 server really delete?',
		options: among(dice, right, [
			'TRANSACTION, at DELE',
			'AUTHORIZATION, after QUIT',
			'when the line closes'
		]),
		right,
		why: 'DELE only marks. QUIT in TRANSACTION enters UPDATE, and there the marked letters go (RFC 1939 §6).'
	};
};

export const counting: readonly Maker[] = [means, ends, octets, stuffed, sums];
export const goodbye: readonly Maker[] = [hidden, afterwards, unmark, when];
