import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { apopDigest } from '#lib/pop3/apop.ts';
import { maildirStore, readUsers } from '../../scripts/host/maildir.ts';

const ADA = { kind: 'password', password: 'lovelace' } as const;
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'maildir-'));
	mkdirSync(join(folder, 'ada'));
	writeFileSync(join(folder, 'ada', 'b'), 'two\n');
	writeFileSync(join(folder, 'ada', 'a'), 'one\r\n');
	writeFileSync(join(folder, 'ada', '.hidden'), 'no mail');
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (users: Record<string, string> = { ada: 'lovelace', bob: '' }) =>
	maildirStore(folder, new Map(Object.entries(users)));

describe('a box', () => {
	test('is read at login, in the order of the names, with CRLF at the end of every line', () => {
		const store = open();
		writeFileSync(join(folder, 'ada', 'c d'), '\nx\n\r\ny');
		const opened = store.open('1', 'ada', ADA);
		if (opened.result !== 'opened') return expect.unreachable();
		expect(opened.messages.map(({ octets }) => octetsToLatin1(octets))).toEqual([
			'one\r\n',
			'two\r\n',
			'\r\nx\r\n\r\ny'
		]);
		const [a, b, c] = opened.messages.map(({ uid }) => uid);
		expect([a, b]).toEqual(['a', 'b']);
		expect(c).toMatch(/^[0-9a-f]{64}$/);
	});

	test('is empty where there is no folder', () => {
		expect(open().open('1', 'bob', { kind: 'password', password: '' })).toMatchObject({
			result: 'opened',
			messages: []
		});
	});

	test('opens to the right password or digest only', () => {
		const store = open();
		expect(store.open('1', 'ada', { kind: 'password', password: 'lovelance' })).toEqual({ result: 'denied' });
		expect(store.open('1', 'eve', ADA)).toEqual({ result: 'denied' });
		const digest = { kind: 'digest', stamp: '<1@x>', digest: apopDigest('<1@x>', 'lovelace') } as const;
		expect(store.open('1', 'ada', digest).result).toBe('opened');
	});

	test('that is no folder is lost, and what cannot be removed stays', () => {
		const store = open();
		writeFileSync(join(folder, 'bob'), 'a file where the folder should be');
		expect(store.open('1', 'bob', { kind: 'password', password: '' })).toEqual({ result: 'lost' });
		store.open('1', 'ada', ADA);
		rmSync(join(folder, 'ada', 'a'));
		expect(store.expunge('1', 'ada', ['a', 'b'])).toEqual(['b']);
	});

	test('belongs to one session at a time', () => {
		const store = open();
		store.open('1', 'ada', ADA);
		expect(store.open('2', 'ada', ADA)).toEqual({ result: 'locked' });
		expect(store.release('2', 'ada')).toBe(false);
		expect(store.expunge('2', 'ada', ['a'])).toEqual([]);
		expect(store.release('1', 'ada')).toBe(true);
		expect(store.open('2', 'ada', ADA).result).toBe('opened');
	});

	test('loses only what is expunged', () => {
		const store = open();
		store.open('1', 'ada', ADA);
		expect(readdirSync(join(folder, 'ada'))).toHaveLength(3);
		expect(store.expunge('1', 'ada', ['a', 'nothing'])).toEqual(['a']);
		expect(readdirSync(join(folder, 'ada'))).toEqual(['.hidden', 'b']);
		expect(store.expunge('1', 'ada', ['a'])).toEqual([]);
	});
});

describe('what cannot be', () => {
	const users = (text: string) => {
		writeFileSync(join(folder, 'users'), text);
		return readUsers(join(folder, 'users'));
	};

	test('users: names with passwords, passwords with colons, comments and blank lines', () => {
		expect([...users('# who\nada:love:lace\r\n\nbob:\n')]).toEqual([
			['ada', 'love:lace'],
			['bob', '']
		]);
	});

	test.each([
		['ada', 'line 1: "" is no name'],
		['ada:x\nada:y', 'line 2: ada is given twice'],
		['../up:x', 'line 1: "../up" is no name'],
		['..:x', 'line 1: ".." is no name']
	])('%j', (text, problem) => {
		expect(() => users(text)).toThrow(problem);
	});

	test('files that are not there', () => {
		expect(() => readUsers(join(folder, 'nobody'))).toThrow('--users: ENOENT');
		expect(() => maildirStore(join(folder, 'nowhere'), new Map())).toThrow('--maildir: ENOENT');
		writeFileSync(join(folder, 'file'), '');
		expect(() => maildirStore(join(folder, 'file'), new Map())).toThrow('is no directory');
	});
});
