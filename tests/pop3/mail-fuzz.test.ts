/**
 * A mail program on a bad day: replies damaged, cut at any place, connections lost at any octet. It never throws, never takes a
 * part of a letter for the whole, never deletes what is not stored, and after one good sync every letter is here.
 */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { createStore } from '#lib/pop3/store.ts';
import { stuff } from '#lib/pop3/multiline.ts';
import type { ClientEffect } from '#lib/pop3/client-session.ts';
import { octets, serve } from './story.ts';
import { Mailer, talk } from './sync.ts';

vi.setConfig({ testTimeout: 60_000 });
const seed = 2449;

const POLICIES = ['download', 'leave', 'days', 'headers', 'small', 'thunderbird', 'fetchmail'] as const;
const NAIVE = ['naive-segments', 'naive-list', 'naive-dots'] as const;
const TEXTS = [
	'Subject: a\r\n\r\nhi\r\n',
	'Subject: dots\r\n\r\n.\r\n..\r\na\r\n',
	'Subject: c\r\n\r\n\r\n',
	'Subject: d\r\n\r\n.x\r\n'
];
const messages = TEXTS.map((text, i) => ({ uid: `u-${i + 1}`, octets: octets(text) }));
const store = () => createStore([{ name: 'ada', password: 'lovelace', messages }]);

/** A server's lines, mostly what is expected, as a grammar. */
const reply = fc.oneof(
	{ weight: 6, arbitrary: fc.constant('+OK') },
	fc.constantFrom(
		'-ERR no',
		'+OK 2 40',
		'+OK 4 100',
		'+OK 0 0',
		'+OK 1 20',
		'+OK <1@x>',
		'+ ',
		'+ PDFAeD4=',
		'.',
		''
	),
	fc.constant('+OK\r\nSASL PLAIN CRAM-MD5\r\nPIPELINING\r\nUIDL\r\nTOP\r\n.'),
	fc.constant('+OK\r\n1 20\r\n2 20\r\n.'),
	fc.constant('+OK\r\n1 a\r\n2 b\r\n.'),
	fc.constant('+OK\r\nSubject: x\r\n\r\n..y\r\nz\r\n.'),
	fc.constant('+OK\r\nSubject: x\r\n\r\n.y\r\n.\r\nrest\r\n.'),
	fc.string({ unit: 'binary-ascii', maxLength: 30 }),
	fc.nat(1200).map((n) => 'y'.repeat(n))
);
const end = fc.oneof(
	{ weight: 20, arbitrary: fc.constant('\r\n') },
	fc.constantFrom('\n', '\r', '', '\r\r\n')
);
const stream = fc
	.array(fc.tuple(reply, end), { maxLength: 40 })
	.map((lines) => lines.map(([text, stop]) => text + stop).join(''));
const noise = fc.uint8Array({ maxLength: 400 }).map(octetsToLatin1);
const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 30 });

function* pieces(text: string, cuts: readonly number[]): Generator<Uint8Array> {
	for (let at = 0, i = 0; at < text.length; i++) {
		const size = cuts[i % cuts.length] ?? 1;
		yield octets(text.slice(at, at + size));
		at += size;
	}
}

/** Feeds a stream; checks after every piece. Returns the DELE lines. */
function feed(mailer: Mailer, text: string, cuts: readonly number[]): void {
	const stored = new Set<number>();
	const check = (effects: readonly ClientEffect[]) => {
		for (const effect of effects) {
			if (effect.type !== 'log') continue;
			if (effect.event.kind === 'mail.letter') stored.add(effect.event.number);
			const dele = effect.event.kind === 'pop3.sent' ? /^DELE (\d+)$/.exec(effect.event.line) : null;
			if (dele) expect([...stored]).toContain(Number(dele[1]));
		}
	};
	check(mailer.session.connected());
	for (const piece of pieces(text, cuts)) check(mailer.session.octets(piece));
	check(mailer.session.ended());
	expect(mailer.session.over).toBe(true);
}

test('any stream, in any pieces: no exception, an end, no DELE before its letter, no letter that was not whole', () => {
	fc.assert(
		fc.property(fc.oneof(stream, noise), sizes, fc.constantFrom(...POLICIES), (text, cuts, name) => {
			const mailer = new Mailer(name, { settings: { capa: text.length % 2 === 0 } });
			feed(mailer, text, cuts);
			for (const letter of mailer.letters) {
				// what came between a status line and a dot line is what is stored
				expect(text).toContain(`\r\n${octetsToLatin1(stuff(letter.octets))}`);
			}
		}),
		{ numRuns: 1200, seed }
	);
});

test('the naive ones do not throw either', () => {
	fc.assert(
		fc.property(fc.oneof(stream, noise), sizes, fc.constantFrom(...NAIVE), (text, cuts, name) => {
			feed(new Mailer(name), text, cuts);
		}),
		{ numRuns: 400, seed }
	);
});

test('where the segments are cut changes nothing of a good session', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 60 }), fc.constantFrom(...POLICIES), (mss, name) => {
			const [cut, whole] = [new Mailer(name), new Mailer(name)];
			talk(cut, serve(store(), { personality: 'rfc' }), { mss });
			talk(whole, serve(store(), { personality: 'rfc' }));
			expect(cut.problems).toEqual([]);
			expect(cut.letters).toEqual(whole.letters);
			expect(cut.session.exchanges).toEqual(whole.session.exchanges);
		}),
		{ numRuns: 30, seed }
	);
});

/** Octets of a whole sync, both ways. */
function lengthOf(name: string): number {
	let low = 0;
	let high = 1 << 14;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		const mailer = new Mailer(name, { settings: { keepDays: 0 } });
		talk(mailer, serve(store(), { personality: 'rfc' }), { cut: middle });
		if (mailer.problems.length > 0) low = middle;
		else high = middle;
	}
	return high;
}

test.each(['leave', 'thunderbird', 'fetchmail', 'download'])(
	'%s, the line cut after any octet, then synced again: nothing is lost; with unique-ids nothing comes twice',
	(name) => {
		const settings = { keepDays: 0 };
		const whole = lengthOf(name);
		expect(whole).toBeGreaterThan(400);
		for (let cut = 0; cut <= whole; cut += name === 'leave' ? 3 : 7) {
			const box = store();
			const first = new Mailer(name, { settings });
			talk(first, serve(box, { personality: 'rfc' }), { cut });
			const left = box.box('ada')?.messages.map(({ uid }) => uid) ?? [];
			const here = first.letters.map(({ octets: bytes }) => octetsToLatin1(bytes));
			messages.forEach(({ uid }, i) => {
				if (!left.includes(uid)) expect(here, `cut after ${cut}`).toContain(TEXTS[i]);
			});
			const second = new Mailer(name, { settings, known: first.session.known });
			talk(second, serve(box, { personality: 'rfc' }));
			expect(second.problems, `cut after ${cut}`).toEqual([]);
			const all = [...first.letters, ...second.letters].map(({ octets: bytes }) => octetsToLatin1(bytes));
			expect(new Set(all)).toEqual(new Set(TEXTS));
			if (name !== 'download') expect(all).toHaveLength(TEXTS.length);
			expect(box.box('ada')?.messages).toEqual([]);
		}
	}
);

test('damage in the replies of a good server: what is stored came so, and nothing else is deleted', () => {
	const damage = fc.record({
		at: fc.nat(1500),
		how: fc.constantFrom('drop', 'flip', 'insert', 'line'),
		octet: fc.constantFrom('.', '\r', '\n', '+', '-', '0', ' ', '\x00')
	});
	fc.assert(
		fc.property(
			fc.array(damage, { minLength: 1, maxLength: 3 }),
			fc.constantFrom(...POLICIES),
			sizes,
			(all, name, cuts) => {
				const box = store();
				const server = serve(box, { personality: 'rfc' });
				const mailer = new Mailer(name, { settings: { keepDays: 0 } });
				let sent = 0;
				let came = '';
				const queue: ClientEffect[] = [...mailer.session.connected()];
				const spoil = (text: string): string => {
					let spoiled = '';
					for (const octet of text) {
						const bad = all.find(({ at }) => at === sent);
						sent++;
						if (!bad) spoiled += octet;
						else if (bad.how === 'flip') spoiled += bad.octet;
						else if (bad.how === 'insert') spoiled += octet + bad.octet;
						else if (bad.how === 'line') spoiled += `${octet}\r\n.\r\n`;
					}
					return spoiled;
				};
				const toClient = (effects: ReturnType<typeof server.open>) => {
					for (const effect of effects) {
						if (effect.type !== 'write') continue;
						const text = spoil(octetsToLatin1(effect.octets));
						came += text;
						for (const piece of pieces(text, cuts)) queue.push(...mailer.session.octets(piece));
					}
				};
				toClient(server.open());
				for (let next = queue.shift(); next; next = queue.shift()) {
					if (next.type === 'write') toClient(server.octets(next.octets));
					else if (next.type === 'close') toClient(server.ended());
				}
				if (!mailer.session.over) mailer.session.timeout();
				expect(mailer.session.over).toBe(true);
				for (const letter of mailer.letters)
					expect(came).toContain(`\r\n${octetsToLatin1(stuff(letter.octets))}`);
				// a number in a listing may have been damaged, so count: no more letters are gone than were stored
				const left = box.box('ada')?.messages.length ?? 0;
				expect(messages.length - left).toBeLessThanOrEqual(mailer.letters.length);
			}
		),
		{ numRuns: 800, seed }
	);
});
