// A mail program on a bad line: segments of any size, connections lost at any octet. After one good sync every letter is here.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { createStore } from '#lib/pop3/store.ts';
import { octets, serve } from './story.ts';
import { Mailer, talk } from './sync.ts';

vi.setConfig({ testTimeout: 60_000 });
const seed = 2449;

const POLICIES = ['download', 'leave', 'days', 'headers', 'small', 'thunderbird', 'fetchmail'] as const;
const TEXTS = [
	'Subject: a\r\n\r\nhi\r\n',
	'Subject: dots\r\n\r\n.\r\n..\r\na\r\n',
	'Subject: c\r\n\r\n\r\n',
	'Subject: d\r\n\r\n.x\r\n'
];
const messages = TEXTS.map((text, i) => ({ uid: `u-${i + 1}`, octets: octets(text) }));
const store = () => createStore([{ name: 'ada', password: 'lovelace', messages }]);

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
