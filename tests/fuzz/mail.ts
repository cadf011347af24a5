/**
 * Replies by the grammar and against it, noise, and a good server's replies damaged, cut where segments happen to end, to
 * mail programs of every policy. Law: nothing throws and every session ends; a letter that is reported whole came whole
 * between a status line and its dot; DELE names only what is stored here, and no more letters go than have come.
 */
import { latin1ToOctets, octetsToLatin1 } from '#lib/mail/octets.ts';
import { ClientSession, type ClientEffect, type Letter } from '#lib/pop3/client-session.ts';
import { stuff } from '#lib/pop3/multiline.ts';
import { policies, policy, type Policy } from '#lib/pop3/policy.ts';
import { ServerSession } from '#lib/pop3/server-session.ts';
import { createStore } from '#lib/pop3/store.ts';
import { Dice, Failure, type Tally } from './dice.ts';

const PART = 'mail';
const NAMES = Object.entries(policies).flatMap(([name, { by }]) => (by === 'program' ? [name] : []));
const MESSAGES = [
	'Subject: a\r\n\r\nhi\r\n',
	'Subject: dots\r\n\r\n.\r\n..\r\na\r\n',
	'Subject: c\r\n\r\n\r\n',
	'Subject: d\r\n\r\n.x\r\n'
].map((text, i) => ({ uid: `u-${i + 1}`, octets: latin1ToOctets(text) }));

const PLAIN = ['-ERR no', '-ERR [IN-USE] wait', '+OK <1@x>', '+ ', '+ PDFAeD4=', '.', ''];
/** Replies that fit together, so that some sessions come far. */
const FITTING = [
	'+OK',
	'+OK <1@x>',
	'+OK 2 40',
	'+OK\r\n1 20\r\n2 20\r\n.',
	'+OK\r\n1 a\r\n2 b\r\n.',
	'+OK\r\nSubject: x\r\n\r\n..y\r\n\r\n.',
	'+OK\r\nSubject: xyz\r\n\r\nz\r\n.',
	'+OK',
	'+OK'
];
const OTHERS = [
	'+OK 4 100',
	'+OK 0 0',
	'+OK 1 20',
	'+OK 1 21',
	'+OK\r\nSASL PLAIN CRAM-MD5\r\nPIPELINING\r\nUIDL\r\nTOP\r\n.',
	'+OK\r\n.',
	'+OK\r\nSubject: x\r\n\r\n.y\r\n.\r\nrest\r\n.'
];
const ENDS = ['\n', '\r', '', '\r\r\n'];

const fitting = (dice: Dice): string[] => FITTING.map((reply) => reply + endOf(dice));
const endOf = (dice: Dice): string => (dice.hit(0.97) ? '\r\n' : dice.pick(ENDS));

function reply(dice: Dice): string {
	const kind = dice.from(0, 9);
	if (kind < 4) return '+OK';
	if (kind < 6) return dice.pick(OTHERS);
	if (kind < 8) return dice.pick(PLAIN);
	if (kind === 8) return dice.pick(FITTING);
	return dice.hit(0.5) ? octetsToLatin1(dice.octets(dice.from(0, 30))) : 'y'.repeat(dice.from(0, 1200));
}

/** What a server says that may be none: what it should say, anything that it might, or noise. */
function stream(dice: Dice): string {
	const kind = dice.from(0, 9);
	if (kind === 0) return octetsToLatin1(dice.octets(dice.from(0, 400)));
	const some = () => Array.from({ length: dice.from(0, 12) }, () => reply(dice) + endOf(dice));
	const text = (kind < 5 ? [...fitting(dice), ...some()] : some()).join('');
	return dice.hit(0.3) ? damaged(dice, text, 3) : text;
}

/** The text with a few octets changed, gone or doubled, or a dot line come in between. */
function damaged(dice: Dice, text: string, most: number): string {
	let left = text;
	for (let times = dice.from(1, most); times > 0 && left !== ''; times--) {
		const at = dice.from(0, left.length - 1);
		const [before, here, after] = [left.slice(0, at), left.slice(at, at + 1), left.slice(at + 1)];
		const octet = dice.pick([...'.\r\n+-0 \x00']);
		left = before + dice.pick([octet, '', here + here, here + octet, `${here}\r\n.\r\n`]) + after;
	}
	return left;
}

/** A mail program that is watched: what it stored, and whether it may ask for what it asks. */
class Watched {
	readonly session: ClientSession;
	readonly letters: Letter[] = [];
	readonly deleted: number[] = [];
	/** All that it was sent. */
	came = '';
	readonly #honest: boolean;

	constructor(name: string, settings: Partial<Policy>) {
		const chosen = policy(name, settings);
		this.#honest = chosen.replyEnds === 'line' && chosen.letterEnds === 'dot';
		const account = { user: 'ada', password: 'lovelace', now: 0 };
		const keep = (letter: Letter) => this.letters.push(letter) > 0;
		this.session = new ClientSession({ policy: chosen, ...account, keep });
	}

	hear(octets: Uint8Array): readonly ClientEffect[] {
		this.came += octetsToLatin1(octets);
		return this.check(this.session.octets(octets));
	}

	/** @throws Error on a DELE for what is not stored. */
	check(effects: readonly ClientEffect[]): readonly ClientEffect[] {
		for (const effect of effects) {
			if (effect.type !== 'log' || effect.event.kind !== 'pop3.sent') continue;
			const dele = /^DELE (\d+)$/.exec(effect.event.line);
			if (!dele) continue;
			const number = Number(dele[1]);
			if (!this.letters.some((letter) => letter.whole && letter.number === number))
				throw new Error(`DELE ${number}, and letter ${number} is not stored`);
			this.deleted.push(number);
		}
		return effects;
	}

	/** @throws Error where the session did not end, or a letter is none. */
	close(): void {
		if (!this.session.over) throw new Error('the session does not end');
		if (!this.#honest) return;
		for (const { number, octets } of this.letters) {
			const sent = octetsToLatin1(stuff(octets));
			if (!cameWhole(this.came, sent)) throw new Error(`letter ${number} did not come so`);
		}
	}
}

/** Somewhere in it stand a `+OK` line and, after it, exactly this. */
function cameWhole(came: string, sent: string): boolean {
	for (let at = came.indexOf(`\r\n${sent}`); at >= 0; at = came.indexOf(`\r\n${sent}`, at + 1)) {
		const line = came.slice(came.lastIndexOf('\n', at) + 1, at);
		if (/^\+OK( |$)/.test(line)) return true;
	}
	return false;
}

function* pieces(dice: Dice, text: string): Generator<Uint8Array> {
	for (let at = 0; at < text.length;) {
		const size = dice.from(1, 90);
		yield latin1ToOctets(text.slice(at, at + size));
		at += size;
	}
}

/** A stream whatever is asked, and then the end of it. */
function listen(dice: Dice, name: string, text: string): Watched {
	const mailer = new Watched(name, { capa: dice.hit(0.5), keepDays: dice.hit(0.5) ? 0 : null });
	mailer.check(mailer.session.connected());
	for (const piece of pieces(dice, text)) mailer.hear(piece);
	const how = dice.from(0, 2);
	const { session } = mailer;
	mailer.check(how === 0 ? session.ended() : how === 1 ? session.failed('reset') : session.timeout());
	return mailer;
}

/** A good server's replies, some of them damaged on the way. */
function converse(dice: Dice, name: string): Watched {
	const store = createStore([{ name: 'ada', password: 'lovelace', messages: MESSAGES }]);
	const server = new ServerSession({ id: 's', store, personality: 'rfc', stamp: '<1@x>' });
	const mailer = new Watched(name, { keepDays: 0, capa: dice.hit(0.5) });
	const queue: ClientEffect[] = [...mailer.check(mailer.session.connected())];
	const toClient = (effects: ReturnType<ServerSession['open']>) => {
		for (const effect of effects) {
			if (effect.type !== 'write') continue;
			const text = octetsToLatin1(effect.octets);
			for (const piece of pieces(dice, dice.hit(0.08) ? damaged(dice, text, 2) : text))
				queue.push(...mailer.hear(piece));
		}
	};
	toClient(server.open());
	for (let next = queue.shift(); next; next = queue.shift()) {
		if (next.type === 'write') toClient(server.octets(next.octets));
		else if (next.type === 'close') toClient(server.ended());
	}
	if (!mailer.session.over) mailer.check(mailer.session.timeout());
	server.lost();
	// a number in a listing may have been damaged, so count: no more letters are gone than were stored
	const gone = MESSAGES.length - (store.box('ada')?.messages.length ?? 0);
	const whole = mailer.letters.filter((letter) => letter.whole).length;
	if (gone > whole) throw new Error(`${gone} letters are gone and ${whole} came`);
	return mailer;
}

/** @throws Failure */
export function fuzzMail(
	how: { readonly seed: number; readonly streams: number },
	progress: (tally: Tally) => void = () => {}
): Tally {
	const tally = { streams: 0, letters: 0, deletions: 0, updates: 0 };
	for (let seed = how.seed; tally.streams < how.streams; seed++) {
		const dice = new Dice(seed, PART);
		const name = dice.pick(NAMES);
		const text = dice.hit(0.8) ? stream(dice) : null;
		try {
			const mailer = text === null ? converse(dice, name) : listen(dice, name, text);
			mailer.close();
			tally.letters += mailer.letters.length;
			tally.deletions += mailer.deleted.length;
			if (mailer.session.updated) tally.updates++;
		} catch (error) {
			const inputs = text === null ? ['a good server, damaged'] : [JSON.stringify(text)];
			throw new Failure(PART, seed, `${name}: ${String(error)}`, inputs, error);
		}
		tally.streams++;
		if (tally.streams % 100 === 0) progress(tally);
	}
	return tally;
}
