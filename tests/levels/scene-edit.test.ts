import { describe, expect, test } from 'vitest';
import { fingerprint, sameData } from '#lib/levels/fingerprint.ts';
import { addressed } from '#lib/levels/scene-address.ts';
import {
	addHost,
	insertInto,
	join,
	kindOf,
	part,
	removeHost,
	renameHost,
	setHost,
	type Edited
} from '#lib/levels/scene-edit.ts';
import { CLEAN, PRESETS } from '#lib/levels/scene-presets.ts';
import {
	addFault,
	freshFault,
	listedFaults,
	qualityOf,
	setFault,
	withQuality
} from '#lib/levels/scene-quality.ts';
import { hostOf, levelOfScene, linkOf, SCENE_LIMITS, type Scene } from '#lib/levels/scene.ts';
import { checkScenario } from '#lib/sim/check.ts';
import { createStream } from '#lib/sim/random.ts';
import { play } from './play.ts';

function done(edited: Edited): Scene {
	if (!edited.ok) throw new Error(edited.say);
	return edited.scene;
}
const refused = (edited: Edited): string => (edited.ok ? '' : edited.say);
const addresses = ({ scenario }: Scene) =>
	Object.fromEntries(scenario.hosts.map(({ id, address }) => [id, address]));
const synced = (scene: Scene, host = 'desk') =>
	play(levelOfScene(scene), [{ kind: 'sync', host }]).log.findLast((event) => event.kind === 'mail.done');
const preset = (id: string): Scene => PRESETS.find((one) => one.id === id)!.scene;

describe('nodes', () => {
	test('a router goes into a link and shares its delay', () => {
		const scene = done(insertInto(CLEAN, 'router', 'desk-post'));
		expect(scene.scenario.links).toMatchObject([
			{ id: 'desk-r1', ends: ['desk', 'r1'], delay: 10_000 },
			{ id: 'r1-post', ends: ['r1', 'post'], delay: 10_000 }
		]);
		expect(synced(scene)).toMatchObject({ fetched: 7 });
		expect(CLEAN.scenario.links).toHaveLength(1);
	});

	test('a NAT in a link takes the desk behind it; without it the desk has its old side again', () => {
		const scene = done(insertInto(CLEAN, 'nat', 'desk-post'));
		expect(addresses(scene)).toEqual({ desk: '192.168.1.10', nat: '203.0.113.1', post: '198.51.100.25' });
		expect(hostOf(scene, 'nat')).toMatchObject({
			nat: { outside: 'nat-post' },
			interfaces: [{ link: 'desk-nat', address: '192.168.1.1' }]
		});
		expect(synced(scene)).toMatchObject({ fetched: 7 });
		const healed = done(removeHost(scene, 'nat'));
		expect(addresses(healed)).toEqual({ desk: '192.0.2.10', post: '198.51.100.25' });
		expect(healed.scenario.links).toMatchObject([{ id: 'desk-post', delay: 20_000 }]);
		expect(synced(healed)).toMatchObject({ fetched: 7 });
	});

	test('a second client behind the NAT has an address and a mail program of its own', () => {
		const behind = done(insertInto(CLEAN, 'nat', 'desk-post'));
		const scene = done(addHost(behind, 'client', 'nat'));
		expect(hostOf(scene, 'desk2')).toMatchObject({
			address: '192.168.1.11',
			account: { server: 'post', user: 'ada' }
		});
		expect(synced(scene, 'desk2')).toMatchObject({ fetched: 7 });
	});

	test('what was typed stays', () => {
		const typed = setHost(CLEAN, 'desk', { address: '10.0.0.7' });
		expect(addresses(done(insertInto(typed, 'nat', 'desk-post')))['desk']).toBe('10.0.0.7');
	});

	test('eight by hand, one client at least', () => {
		let scene = CLEAN;
		while (scene.scenario.hosts.length < SCENE_LIMITS.byHand) scene = done(addHost(scene, 'client', 'post'));
		expect(refused(addHost(scene, 'router'))).toContain('By hand there can be 8.');
		expect(refused(insertInto(scene, 'router', 'desk-post'))).toContain('8');
		expect(refused(removeHost(CLEAN, 'desk'))).toContain('last client');
		const other = done(removeHost(done(addHost(CLEAN, 'client')), 'desk'));
		expect(other.terminal).toBe('desk2');
	});

	test('another name, everywhere it is used', () => {
		const faulty = addFault(preset('nat'), { link: 'nat-post', towards: 'nat', kind: 'cut', from: 1 });
		const scene = done(renameHost(faulty, 'nat', 'gate'));
		expect(scene.scenario.links.map(({ id }) => id)).toEqual(['desk-gate', 'gate-post']);
		expect(hostOf(scene, 'gate')).toMatchObject({
			nat: { outside: 'gate-post' },
			interfaces: [{ link: 'desk-gate' }]
		});
		expect(scene.scenario.faults).toMatchObject([{ link: 'gate-post', towards: 'gate' }]);
		const office = done(renameHost(done(renameHost(scene, 'post', 'office')), 'desk', 'ada'));
		expect(office.terminal).toBe('ada');
		expect(hostOf(office, 'ada')?.account?.server).toBe('office');
		checkScenario(office.scenario);
		expect(refused(renameHost(scene, 'desk', 'gate'))).toBe('gate is taken.');
		expect(refused(renameHost(scene, 'desk', 'Grand Hotel'))).toContain('letters');
	});
});

describe('links', () => {
	test('joined once, parted with its faults', () => {
		const scene = addFault(done(addHost(CLEAN, 'router')), { link: 'desk-post', kind: 'cut' });
		const joined = done(join(scene, 'desk', 'r1'));
		expect(linkOf(joined, 'desk-r1')).toMatchObject({ ends: ['desk', 'r1'], mtu: 1500 });
		expect(refused(join(joined, 'r1', 'desk'))).toContain('already');
		expect(refused(join(joined, 'r1', 'r1'))).toContain('different');
		const parted = done(part(joined, 'desk-post'));
		expect(parted.scenario.faults).toBeUndefined();
		expect(refused(part(parted, 'desk-post'))).toContain('no link');
	});

	test('its quality is one record, though half of it is faults', () => {
		const wanted = {
			jitter: 5_000,
			loss: 0.1,
			burstEnter: 0.02,
			burstLeave: 0.5,
			duplicate: 0.03,
			reorder: 0.04,
			reorderBy: 9_000,
			corrupt: 0.05,
			rate: 64_000,
			queue: 7,
			tap: true
		} as const;
		const scene = withQuality(CLEAN, 'desk-post', wanted);
		checkScenario(scene.scenario);
		const link = linkOf(scene, 'desk-post')!;
		expect(qualityOf(scene, link)).toEqual({ delay: 20_000, mtu: 1500, ...wanted });
		expect(listedFaults(scene)).toEqual([]);
		const nothing = Object.fromEntries(Object.keys(wanted).map((key) => [key, null]));
		expect(withQuality(scene, 'desk-post', nothing).scenario).toEqual(CLEAN.scenario);
		const unqueued = withQuality(scene, 'desk-post', { queue: null });
		expect(linkOf(unqueued, 'desk-post')).toMatchObject({ rate: 64_000 });
	});

	test('a fault with a span is in the list, and every kind begins sound', () => {
		for (const kind of [
			'loss',
			'bursts',
			'delay',
			'reorder',
			'duplicate',
			'corrupt',
			'rate',
			'cut',
			'hold',
			'edit',
			'split',
			'coalesce',
			'forge'
		] as const) {
			const fault = freshFault(kind, { link: 'desk-post', from: 1_000_000 });
			const scene = addFault(CLEAN, fault);
			expect(listedFaults(scene)).toEqual([{ at: 0, fault }]);
			checkScenario(scene.scenario);
			expect(setFault(scene, 0, null).scenario).toEqual(CLEAN.scenario);
		}
	});
});

test('whatever is clicked together stays sound, with addresses that differ', () => {
	const random = createStream(7, 'clicks');
	const pick = <T>(all: readonly T[]): T => all[random.below(all.length)]!;
	for (let run = 0; run < 60; run++) {
		let scene: Scene = pick(PRESETS).scene;
		for (let step = 0; step < 25; step++) {
			const { hosts, links } = scene.scenario;
			const host = pick(hosts).id;
			const edited = pick<() => Edited>([
				() => addHost(scene, pick(['client', 'server', 'router', 'nat'] as const), host),
				() =>
					links.length
						? insertInto(scene, pick(['router', 'nat'] as const), pick(links).id)
						: join(scene, host, host),
				() => join(scene, host, pick(hosts).id),
				() => (links.length ? part(scene, pick(links).id) : join(scene, host, host)),
				() => removeHost(scene, host),
				() => renameHost(scene, host, `n${run}-${step}`)
			])();
			if (edited.ok) scene = edited.scene;
			// a NAT without any link has no outside yet: the editor says so
			const whole = scene.scenario.hosts.every(
				(one) => kindOf(one) !== 'nat' || scene.scenario.links.some(({ ends }) => ends.includes(one.id))
			);
			if (whole) expect(() => checkScenario(scene.scenario)).not.toThrow();
			expect(sameData(addressed(scene.scenario), scene.scenario)).toBe(true);
		}
	}
});

test('a fingerprint is of the data, not of the order of its keys', () => {
	expect(fingerprint({ a: 1, b: [2, { c: 3 }] })).toBe(fingerprint({ b: [2, { c: 3 }], a: 1 }));
	expect(fingerprint({ a: 1 })).not.toBe(fingerprint({ a: 2 }));
	expect(fingerprint(CLEAN)).toMatch(/^[0-9a-v]{13}$/);
	expect(sameData({ a: undefined, b: 1 }, { b: 1 })).toBe(true);
});
