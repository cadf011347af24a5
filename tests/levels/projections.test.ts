/** Box, session, connection, store and link as the log up to the cursor leaves them. */
import { describe, expect, it } from 'vitest';
import { becomes } from '#lib/levels/goals.ts';
import { carries, commanded, setTo, synced } from '#lib/levels/matches.ts';
import type { Level } from '#lib/levels/level.ts';
import { papers } from '#lib/levels/papers.ts';
import { drop, pop, store, tcp, wire } from '#lib/levels/projections.ts';
import { t0 } from '#lib/levels/topologies.ts';
import { yard } from '#lib/levels/yard.ts';
import type { Account } from '#lib/sim/scenario.ts';
import type { Input } from '#lib/sim/event.ts';
import { play } from './play.ts';

const lines = (...all: string[]): Input[] => all.map((line) => ({ kind: 'type', host: 'desk', line }));
const log = (level: Level, inputs: readonly Input[]) => [...play(level, inputs).log];
const login = ['USER ada', 'PASS lovelace'];

describe('a box', () => {
	const box = drop(t0(), 'ada');
	it('has what is stored and what a goodbye would leave', () => {
		expect(box(log(papers, [])).now).toEqual({ letters: 4, octets: 7042 });
		const marked = box(log(papers, lines(...login, 'DELE 2')));
		expect(marked.now).toEqual({ letters: 4, octets: 7042 });
		expect(marked.afterUpdate).toEqual({ letters: 3, octets: 6892 });
		expect(box(log(papers, lines(...login, 'DELE 2', 'QUIT'))).now).toEqual({ letters: 3, octets: 6892 });
	});
	it('is locked by a login', () => {
		expect(box(log(papers, [])).lockedBy).toBeNull();
		expect(box(log(papers, lines(...login))).lockedBy).not.toBeNull();
	});
	it('belongs to somebody', () => {
		expect(() => drop(t0(), 'mallory')([])).toThrow('mallory');
	});
});

describe('a session and its connection', () => {
	it('are in the state that they entered last', () => {
		expect([pop([], 'post'), tcp([], 'desk')]).toEqual([null, 'CLOSED']);
		const open = log(papers, lines(...login));
		expect([pop(open, 'post'), pop(open, 'desk', 'client'), tcp(open, 'desk')]).toEqual([
			'TRANSACTION',
			'connected',
			'ESTABLISHED'
		]);
	});
});

describe('a store', () => {
	const level = yard('post');
	const account: Account = {
		server: 'post',
		user: 'ada',
		password: 'lovelace',
		policy: 'leave',
		settings: { remember: false }
	};
	const sync = (settings: Account['settings'] = {}): Input => ({
		kind: 'sync',
		host: 'desk',
		account: { ...account, settings: { ...account.settings, ...settings } }
	});
	it('counts copies, and knows a letter that was cut', () => {
		expect(store([], 'desk').size).toBe(0);
		const twice = store(log(level, [sync(), sync()]), 'desk');
		expect(twice.get('u-photo-4')).toEqual({ copies: 2, intact: true });
		const cut = store(
			log(level, [
				{ kind: 'sync', host: 'desk', account: { ...account, policy: 'naive-dots', settings: {} } }
			]),
			'desk'
		);
		expect(cut.get('u-welcome-1')).toEqual({ copies: 1, intact: true });
		expect([...cut.values()].some(({ intact }) => !intact)).toBe(true);
	});
	it('has one of each when further copies were thrown out', () => {
		const tidied = store(log(level, [sync(), sync(), { kind: 'tidy', host: 'desk' }]), 'desk');
		expect([...tidied.values()].map(({ copies }) => copies)).toEqual(Array(7).fill(1));
		const again = store(log(level, [sync(), { kind: 'tidy', host: 'desk' }, sync()]), 'desk');
		expect(again.get('u-won-2')).toEqual({ copies: 2, intact: true });
	});
	it('is filled by a sync that the log names', () => {
		const run = log(level, [sync()]);
		expect(run.filter((event) => synced('desk')(event, run))).toHaveLength(1);
		expect(run.filter((event) => synced('post')(event, run))).toHaveLength(0);
	});
});

describe('a link', () => {
	const run = log(papers, lines(...login));
	it('has every packet that entered it', () => {
		expect(wire(run, 'desk-post')).toHaveLength(run.filter(({ kind }) => kind === 'packet.sent').length);
		expect(wire(run, 'elsewhere')).toEqual([]);
	});
	it('carries words in plain letters', () => {
		const found = run.filter((event) => carries('PASS lovelace')(event, run));
		expect(found).toHaveLength(1);
		expect(run.some((event) => carries('PASS lovelace', 'elsewhere')(event, run))).toBe(false);
	});
});

describe('what becomes of it', () => {
	const run = log(papers, [
		...lines(...login, 'DELE 1', 'DELE 2', 'RSET'),
		{ kind: 'set', key: 'rule', value: 'x' }
	]);
	const box = drop(t0(), 'ada');
	it('is met by the first event after which it holds, and stays met', () => {
		const two = becomes(
			(event) => event.kind === 'maildrop.mark',
			(shown) => box(shown).afterUpdate.letters === 2
		);
		const by = two(run);
		expect(by?.kind === 'maildrop.mark' && by.number).toBe(2);
		expect(two(run.slice(0, by?.seq))).toBeNull();
	});
	it('is null while nothing has', () => {
		expect(becomes(commanded('DELE'), () => false)(run)).toBeNull();
	});
	it('knows what was set', () => {
		expect(run.filter((event) => setTo('rule', 'x')(event, run))).toHaveLength(1);
		expect(run.filter((event) => setTo('rule')(event, run))).toHaveLength(1);
		expect(run.filter((event) => setTo('rule', 'y')(event, run))).toHaveLength(0);
	});
});
