// An inbox folded from the logs of real syncs.
import { describe, expect, test } from 'vitest';
import { letters } from '#lib/mail/letters.ts';
import { choicesOf, commandsFor, isCopy, mailbox, withChoices, type Choices } from '#lib/player/mailbox.ts';
import type { Account, Scenario } from '#lib/sim/scenario.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { t0 } from '../fixtures/t0.ts';

const ADA: Account = { server: 'post', user: 'ada', password: 'lovelace', policy: 'leave' };
const scenario: Scenario = {
	...t0(),
	hosts: t0().hosts.map((host) => (host.id === 'desk' ? { ...host, account: ADA } : host))
};
const LEAVE: Choices = { leave: true, days: null, remember: true, headersOnly: false, apop: false };

function after(...choices: readonly (Choices | Account)[]): World {
	const world = createWorld(scenario, 1);
	for (const one of choices) {
		const account = 'server' in one ? one : withChoices(ADA, one);
		world.input({ at: world.now, input: { kind: 'sync', host: 'desk', account } });
		world.runUntilQuiet();
	}
	return world;
}
const short = (world: World) =>
	mailbox(world.log, 'desk').items.map(
		({ number, uid, whole, there }) => `${number} ${uid ?? '-'} ${whole ? 'whole' : 'part'} ${there}`
	);
const UIDS = Object.values(letters).map(({ uid }) => uid);

describe('the inbox', () => {
	test('empty before the first sync; each letter with its octets after it', () => {
		expect(mailbox(after().log, 'desk')).toEqual({ items: [], syncs: [], memory: [] });
		const box = mailbox(after(LEAVE).log, 'desk');
		expect(box.items.map(({ bytes }) => bytes)).toEqual(Object.values(letters).map(({ octets }) => octets));
		expect(box.items.every(({ there, whole }) => whole && there === 'there')).toBe(true);
	});

	test('twice in it what is not remembered, once what is', () => {
		const forgetful = { ...LEAVE, remember: false };
		expect(short(after(forgetful, forgetful))).toHaveLength(8);
		expect(short(after(LEAVE, LEAVE))).toHaveLength(4);
	});

	test('copies of an earlier sync without names are gone from the server too, when the letter is deleted', () => {
		const forgetful = { ...LEAVE, remember: false };
		const standings = (...choices: readonly Choices[]) =>
			mailbox(after(...choices).log, 'desk').items.map(({ there }) => there);
		expect(standings(forgetful, forgetful)).toEqual(Array(8).fill('there'));
		expect(standings(forgetful, { ...forgetful, leave: false })).toEqual(Array(8).fill('gone'));
	});

	test('further copies are thrown out, with and without a unique-id; one of each stays', () => {
		const world = after({ ...LEAVE, remember: false }, { ...LEAVE, remember: false }, LEAVE);
		expect(short(world)).toHaveLength(12);
		const before = mailbox(world.log, 'desk').items;
		expect(before.filter((item) => isCopy(item, before[0] ?? item))).toHaveLength(3);
		world.input({ at: world.now, input: { kind: 'tidy', host: 'desk' } });
		expect(mailbox(world.log, 'desk').items).toEqual(before.slice(0, 4));
		expect(mailbox(world.log, 'pocket').items).toEqual([]);
	});

	test('downloaded and deleted: gone from the server', () => {
		const gone = UIDS.map((uid, i) => `${i + 1} ${uid} whole gone`);
		expect(short(after({ ...LEAVE, leave: false }))).toEqual(gone);
		expect(short(after({ ...LEAVE, leave: false, remember: false }))).toEqual(
			UIDS.map((_, i) => `${i + 1} - whole gone`)
		);
	});

	test('a whole letter takes the place of its header', () => {
		const headers = withChoices(ADA, { ...LEAVE, headersOnly: true });
		const world = after(headers, { ...headers, wanted: [UIDS[1] ?? ''] });
		expect(short(world).map((line) => line.split(' ')[2])).toEqual(['part', 'whole', 'part', 'part']);
	});

	test('as it is at the cursor', () => {
		const { log } = after(LEAVE);
		const first = log.findIndex(({ kind }) => kind === 'mail.letter');
		expect(mailbox(log.slice(0, first), 'desk').items).toEqual([]);
		expect(mailbox(log.slice(0, first + 1), 'desk').items).toHaveLength(1);
		expect(mailbox(log.slice(0, first), 'desk').syncs[0]?.done).toBeNull();
	});
});

describe('each sync and its commands', () => {
	test('with their replies, in order', () => {
		const [sync] = mailbox(after(LEAVE).log, 'desk').syncs;
		expect(sync?.commands.map(({ line, reply }) => `${line}: ${reply?.ok}`).slice(-8)).toEqual([
			'STAT: true',
			'LIST: true',
			'UIDL: true',
			'RETR 1: true',
			'RETR 2: true',
			'RETR 3: true',
			'RETR 4: true',
			'QUIT: true'
		]);
		expect(sync?.done).toMatchObject({ fetched: 4, deleted: 0, updated: true });
		expect(sync?.session).toMatch(/>198\.51\.100\.25:110$/);
	});

	test('those of one letter', () => {
		const box = mailbox(after({ ...LEAVE, leave: false }).log, 'desk');
		const [, second] = box.items;
		expect(second && commandsFor(second, box).map(({ line }) => line)).toEqual(['RETR 2', 'DELE 2']);
	});

	test('problems belong to their sync', () => {
		const box = mailbox(after({ ...ADA, password: 'x' }, LEAVE).log, 'desk');
		expect(box.syncs.map(({ problems }) => problems.length > 0)).toEqual([true, false]);
	});

	test('what is remembered, by account', () => {
		const { memory } = mailbox(after(LEAVE).log, 'desk');
		expect(
			memory.map(({ account, known }) => [account, known.map(({ uid, standing }) => `${uid} ${standing}`)])
		).toEqual([['ada@post', UIDS.map((uid) => `${uid} kept`)]]);
		expect(mailbox(after({ ...LEAVE, leave: false }).log, 'desk').memory).toEqual([
			{ account: 'ada@post', known: [] }
		]);
	});
});

describe('the account', () => {
	test('choices come back as they were made', () => {
		for (const leave of [true, false])
			for (const remember of [true, false])
				for (const headersOnly of [true, false])
					for (const apop of [true, false])
						for (const days of leave ? [null, 3] : [null]) {
							const choices = { leave, days, remember, headersOnly, apop };
							expect(choicesOf(withChoices(ADA, choices))).toEqual(choices);
						}
	});
});
