/**
 * Command lines by the grammar and against it, and noise, cut where segments happen to end, to servers of every
 * personality. Law: nothing throws; one reply to each line that is read, of RFC 1939's form; where segments end changes no
 * octet; mail goes by DELE and QUIT alone, and the lock is let go in the end.
 */
import { encodeBase64 } from '#lib/mail/base64.ts';
import { concatOctets, latin1ToOctets, octetsToLatin1 } from '#lib/mail/octets.ts';
import { everyCommand } from '#lib/pop3/commands.ts';
import { personalities } from '#lib/pop3/personality.ts';
import { ServerSession, type SessionEffect } from '#lib/pop3/server-session.ts';
import { createStore } from '#lib/pop3/store.ts';
import { Dice, Failure, type Tally } from './dice.ts';

const PART = 'pop3';
const NAMES = Object.keys(personalities);
const MESSAGES = [
	'Subject: a\r\n\r\n.\r\n..\r\n',
	'Subject: b\r\n\r\n',
	'.',
	'Subject: \xc3\xa9\r\n\r\nx\r\n'
].map((text, i) => ({ uid: `u${i + 1}`, octets: latin1ToOctets(text) }));
const WORDS = [
	'1',
	'2',
	'4',
	'5',
	'0',
	'-1',
	'x',
	'ada',
	'lovelace',
	'de',
	'*',
	'',
	' ',
	'99999999999',
	'PLAIN',
	'LOGIN',
	'CRAM-MD5',
	'='
];
const GOOD = [
	'USER ada',
	'PASS lovelace',
	'STAT',
	'LIST',
	'UIDL',
	'RETR 1',
	'DELE 1',
	'DELE 2',
	'RSET',
	'NOOP',
	'TOP 1 1',
	'CAPA',
	'QUIT',
	`AUTH PLAIN ${encodeBase64(latin1ToOctets('\0ada\0lovelace'))}`
];
const ENDS = ['\r\n', '\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', '\r\r\n', ''];

/** One line, or something that should be one. */
function line(dice: Dice): string {
	const end = dice.pick(ENDS);
	const kind = dice.from(0, 9);
	if (kind < 5) return dice.pick(GOOD) + (dice.hit(0.9) ? '\r\n' : end);
	if (kind < 8) {
		const { keyword } = dice.pick(everyCommand);
		const words = Array.from({ length: dice.from(0, 3) }, () => dice.pick(WORDS));
		return [dice.hit(0.2) ? keyword.toLowerCase() : keyword, ...words].join(' ') + end;
	}
	if (kind === 8) return octetsToLatin1(dice.octets(dice.from(0, 60))) + end;
	return mutated(dice, dice.pick(GOOD)) + end;
}

/** The text with one octet changed, gone or doubled, or made very long. */
function mutated(dice: Dice, text: string): string {
	const at = dice.from(0, text.length - 1);
	const [before, after] = [text.slice(0, at), text.slice(at + 1)];
	switch (dice.from(0, 3)) {
		case 0:
			return before + String.fromCharCode(dice.from(0, 255)) + after;
		case 1:
			return before + after;
		case 2:
			return before + text.slice(at, at + 1).repeat(2) + after;
		default:
			return before + 'y'.repeat(dice.from(200, 5000)) + after;
	}
}

interface Played {
	readonly said: string;
	readonly lines: number;
	readonly replies: number;
	readonly expunged: readonly string[];
	readonly quit: boolean;
	readonly left: readonly string[];
	readonly lock: string | null;
}

function play(name: string, text: string, cut: () => number): Played {
	const store = createStore([{ name: 'ada', password: 'lovelace', messages: MESSAGES }]);
	const session = new ServerSession({ id: 's', store, personality: name, stamp: '<1@x>' });
	const effects: SessionEffect[] = [];
	const perform = (more: SessionEffect[]): void => {
		effects.push(...more);
		for (const effect of more)
			if (effect.type === 'timer' && effect.timer === 'pause' && effect.after !== null)
				perform(session.timeout('pause'));
	};
	perform(session.open());
	const octets = latin1ToOctets(text);
	for (let at = 0; at < octets.length;) {
		const to = at + cut();
		perform(session.octets(octets.subarray(at, to)));
		at = to;
	}
	perform(session.lost());
	const logged = effects.flatMap((effect) => (effect.type === 'log' ? [effect.event] : []));
	return {
		said: octetsToLatin1(
			concatOctets(effects.flatMap((effect) => (effect.type === 'write' ? [effect.octets] : [])))
		),
		lines: logged.filter(({ kind }) => kind === 'pop3.command').length,
		replies: logged.filter(({ kind }) => kind === 'pop3.reply').length,
		expunged: logged.flatMap((event) => (event.kind === 'maildrop.expunge' ? [event.uid] : [])),
		quit: logged.some((event) => event.kind === 'pop3.state' && event.to === 'UPDATE' && event.on === 'QUIT'),
		left: store.box('ada')?.messages.map(({ uid }) => uid) ?? [],
		lock: store.box('ada')?.heldBy ?? null
	};
}

/** What is wrong with what came of it; null: nothing. */
function problemOf(name: string, played: Played): string | null {
	const { said, lines, replies, expunged, quit, left, lock } = played;
	const { staysSilent, updatesOnLoss } = personalities[name]?.habits ?? {};
	if (staysSilent ? replies > lines + 1 : replies !== lines + 1) return `${lines} lines, ${replies} replies`;
	if (!/^\+OK[^\r]*\r\n/.test(said)) return 'no greeting';
	if (!quit && !updatesOnLoss && expunged.length > 0) return `${expunged.join(' ')} went without QUIT`;
	const all = MESSAGES.map(({ uid }) => uid).filter((uid) => !expunged.includes(uid));
	if (left.join() !== all.join()) return `${left.join(' ')} left, ${expunged.join(' ')} expunged`;
	return lock === null ? null : 'the lock is held by nobody';
}

/** @throws Failure */
export function fuzzPop3(
	how: { readonly seed: number; readonly lines: number },
	progress: (tally: Tally) => void = () => {}
): Tally {
	const tally = { lines: 0, sessions: 0, admitted: 0, updates: 0 };
	for (let seed = how.seed; tally.lines < how.lines; seed++) {
		const dice = new Dice(seed, PART);
		const name = dice.pick(NAMES);
		const some = Array.from({ length: dice.from(1, 40) }, () => line(dice));
		if (dice.hit(0.7)) some.unshift('USER ada\r\n', 'PASS lovelace\r\n');
		const text = some.join('');
		try {
			const torn = play(name, text, () => dice.from(1, 80));
			const problem = problemOf(name, torn);
			if (problem !== null) throw new Error(problem);
			const whole = play(name, text, () => text.length);
			if (whole.said !== torn.said) throw new Error('segments change the answer');
			tally.lines += some.length;
			tally.sessions++;
			if (torn.quit) tally.updates++;
			if (torn.said.includes('maildrop has') || torn.said.includes('Logged in')) tally.admitted++;
		} catch (error) {
			throw new Failure(
				PART,
				seed,
				`${name}: ${String(error)}`,
				some.map((one) => JSON.stringify(one)),
				error
			);
		}
		if (tally.sessions % 100 === 0) progress(tally);
	}
	return tally;
}
