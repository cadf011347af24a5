import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as drops from '#lib/pop3/maildrop.ts';
import { apopDigest } from '#lib/pop3/apop.ts';
import { createStore, type MaildropSource } from '#lib/pop3/store.ts';
import { octets } from './story.ts';

const message = (uid: string, text = uid): drops.Message => ({ uid, octets: octets(text) });
const password = (text: string) => ({ kind: 'password', password: text }) as const;

describe('a session’s view', () => {
	const drop: drops.Maildrop = {
		entries: [
			{ uid: 'a', size: 10 },
			{ uid: 'b', size: 20 },
			{ uid: 'c', size: 30 }
		],
		marked: []
	};

	test('marks leave gaps in the numbers and are left out of the totals', () => {
		const marked = drops.mark(drop, 2);
		expect(drops.unmarked(marked).map(({ number }) => number)).toEqual([1, 3]);
		expect(drops.totals(marked)).toEqual({ count: 2, octets: 40 });
		expect(drops.totals(drop)).toEqual({ count: 3, octets: 60 });
		expect(drops.entryAt(marked, 2)).toEqual({ uid: 'b', size: 20, number: 2, place: 2 });
		expect(drops.unmarkAll(marked)).toEqual(drop);
	});

	test('a mark is made once, and only on what is there', () => {
		for (const number of [0, 4, -1, 1.5, 1e40]) expect(drops.mark(drop, number)).toEqual(drop);
		expect(drops.mark(drops.mark(drop, 1), 1).marked).toEqual([1]);
		expect(drops.markedUids(drops.mark(drops.mark(drop, 3), 1))).toEqual(['a', 'c']);
	});

	test('a server that renumbers gives the next message the number of the one just marked', () => {
		const moved = drops.mark(drops.mark({ ...drop, renumbers: true }, 1), 1);
		expect(moved.marked).toEqual([1, 2]);
		expect(drops.unmarked(moved)).toEqual([{ uid: 'c', size: 30, number: 1, place: 3 }]);
		expect(drops.entryAt(moved, 2)).toBeUndefined();
		expect(drops.isMarked(moved, 1)).toBe(false);
		expect(drops.unmarked(drops.unmarkAll(moved)).map(({ number }) => number)).toEqual([1, 2, 3]);
	});

	test('whatever is marked, left and marked make the whole', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: -1, max: 5 })), (numbers) => {
				const after = numbers.reduce(drops.mark, drop);
				expect(drops.unmarked(after).length + after.marked.length).toBe(3);
				const left = drops.unmarked(after).map(({ uid }) => uid);
				expect([...left, ...drops.markedUids(after)].sort()).toEqual(['a', 'b', 'c']);
			})
		);
	});
});

describe('a box', () => {
	const box = drops.createBox([message('a'), message('b'), message('c')]);

	test('is locked by one session alone', () => {
		const held = drops.lock(box, 's1');
		expect(held?.heldBy).toBe('s1');
		expect(held && drops.lock(held, 's2')).toBeNull();
		expect(held && drops.lock(held, 's1')).toBeNull();
		expect(held && drops.release(held, 's2')).toBe(held);
		expect(held && drops.release(held, 's1')).toEqual(box);
	});

	test('loses what is named, and that alone', () => {
		const left = drops.without(box, ['c', 'a', 'z']);
		expect(left.messages.map(({ uid }) => uid)).toEqual(['b']);
		expect(box.messages).toHaveLength(3);
	});

	test('takes only unique-ids of RFC 1939 §7', () => {
		for (const uid of ['', 'a b', 'é', 'x'.repeat(71), '\x7f']) {
			expect(() => drops.createBox([message(uid)])).toThrow('is no unique-id');
		}
		expect(drops.createBox([message('x'.repeat(70)), message('!~')]).messages).toHaveLength(2);
		expect(() => drops.createBox([message('a'), message('a')])).toThrow('unique-id a is given twice');
	});
});

describe('the store', () => {
	const store = () =>
		createStore([{ name: 'ada', password: 'lovelace', messages: [message('a'), message('b')] }]);

	test('opens to the right papers only', () => {
		const mail = store();
		for (const [user, word] of [
			['ada', 'Lovelace'],
			['ada', ''],
			['Ada', 'lovelace'],
			['eve', 'lovelace'],
			['toString', '']
		] as const) {
			expect(mail.open('s', user, password(word))).toEqual({ result: 'denied' });
		}
		expect(mail.box('ada')?.heldBy).toBeNull();
		expect(mail.open('s', 'ada', password('lovelace')).result).toBe('opened');
		expect(mail.open('t', 'ada', password('lovelace'))).toEqual({ result: 'locked' });
		expect(mail.open('t', 'ada', password('wrong'))).toEqual({ result: 'denied' });
	});

	test('takes APOP’s digest over its own timestamp', () => {
		const mail = store();
		const stamp = '<1.2@post.example>';
		const proof = (over: string) =>
			({ kind: 'digest', stamp, digest: apopDigest(over, 'lovelace') }) as const;
		expect(mail.open('s', 'ada', proof('<1.3@post.example>')).result).toBe('denied');
		expect(mail.open('s', 'ada', proof(stamp)).result).toBe('opened');
	});

	test('mail that comes during a session is for the next one', () => {
		const mail = store();
		const opening = mail.open('s', 'ada', password('lovelace'));
		mail.deliver('ada', message('new'));
		expect(opening.result === 'opened' && opening.messages).toHaveLength(2);
		expect(mail.expunge('s', 'ada', ['a'])).toEqual(['a']);
		expect(mail.release('s', 'ada')).toBe(true);
		expect(mail.release('s', 'ada')).toBe(false);
		expect(mail.box('ada')?.messages.map(({ uid }) => uid)).toEqual(['b', 'new']);
		expect(() => mail.deliver('ada', message('b'))).toThrow('unique-id b is given twice');
		expect(() => mail.deliver('eve', message('x'))).toThrow('no box is called eve');
	});

	test('is emptied by the holder alone, and only of what is there', () => {
		const mail = store();
		mail.open('s', 'ada', password('lovelace'));
		expect(mail.expunge('t', 'ada', ['a'])).toEqual([]);
		expect(mail.expunge('s', 'eve', ['a'])).toEqual([]);
		expect(mail.expunge('s', 'ada', ['z', 'b'])).toEqual(['b']);
		expect(mail.box('ada')?.messages.map(({ uid }) => uid)).toEqual(['a']);
	});

	test('a message that is stuck stays, and the others go', () => {
		const messages = [message('a'), message('b')];
		const mail = createStore([{ name: 'ada', password: 'x', messages, stuck: ['a'] }]);
		mail.open('s', 'ada', password('x'));
		expect(mail.expunge('s', 'ada', ['a', 'b'])).toEqual(['b']);
		expect(mail.box('ada')?.messages.map(({ uid }) => uid)).toEqual(['a']);
	});

	test('a box for practice is full again at the login that finds it empty, under new unique-ids', () => {
		const long = 'x'.repeat(70);
		const messages = [message('a', 'text'), message(long)];
		const mail = createStore([{ name: 'ada', password: 'x', messages, refills: true }]);
		const login = () => {
			const opening = mail.open('s', 'ada', password('x'));
			return opening.result === 'opened' ? opening.messages : [];
		};
		const seen = new Set<string>();
		for (let round = 0; round < 3; round++) {
			const found = login();
			expect(found.map(({ octets: stored }) => stored)).toEqual(messages.map(({ octets: stored }) => stored));
			const uids = found.map(({ uid }) => uid);
			expect(uids.filter((uid) => seen.has(uid))).toEqual([]);
			uids.forEach((uid) => seen.add(uid));
			mail.expunge('s', 'ada', uids.slice(0, 1));
			mail.release('s', 'ada');
			expect(login().map(({ uid }) => uid)).toEqual(uids.slice(1));
			mail.expunge('s', 'ada', uids);
			mail.release('s', 'ada');
		}
	});

	test('a login too soon after the last one is told so, and costs nothing', () => {
		const mail = store();
		const at = (now: number) => mail.open('s', 'ada', password('lovelace'), { now, loginDelay: 60 }).result;
		expect(at(0)).toBe('opened');
		mail.release('s', 'ada');
		expect([at(10), at(59), at(60)]).toEqual(['early', 'early', 'opened']);
	});

	test('mail that lies elsewhere is read at each login and removed there', () => {
		const files = new Map([['a', octets('a')]]);
		let unreadable = false;
		const source: MaildropSource = {
			read() {
				if (unreadable) throw new Error('disk');
				return [...files].map(([uid, stored]) => ({ uid, octets: stored }));
			},
			remove: (uids) => uids.filter((uid) => files.delete(uid)),
			add: ({ uid, octets: stored }) => void files.set(uid, stored)
		};
		const mail = createStore([{ name: 'ada', password: 'x', messages: source }]);
		unreadable = true;
		expect(mail.open('s', 'ada', password('x'))).toEqual({ result: 'broken' });
		expect(mail.box('ada')?.heldBy).toBeNull();
		unreadable = false;
		expect(mail.open('s', 'ada', password('x'))).toMatchObject({ messages: [{ uid: 'a' }] });
		mail.deliver('ada', message('b'));
		expect(mail.expunge('s', 'ada', ['a'])).toEqual(['a']);
		mail.release('s', 'ada');
		expect([...files.keys()]).toEqual(['b']);
		expect(mail.open('s', 'ada', password('x'))).toMatchObject({ messages: [{ uid: 'b' }], logins: 2 });
	});

	test('refuses two users of one name', () => {
		const ada = { name: 'ada', password: 'x', messages: [] };
		expect(() => createStore([ada, ada])).toThrow('two users are called ada');
	});
});

test('APOP: the vector of RFC 1939 §7', () => {
	expect(apopDigest('<1896.697170952@dbc.mtview.ca.us>', 'tanstaaf')).toBe(
		'c4c9334bac560ecc979e58001b3e22fb'
	);
});
