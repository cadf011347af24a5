import { describe, expect, test } from 'vitest';
import { addHost, insertInto } from '#lib/levels/scene-edit.ts';
import { CLEAN, PRESETS } from '#lib/levels/scene-presets.ts';
import { addFault } from '#lib/levels/scene-quality.ts';
import type { Scene } from '#lib/levels/scene.ts';
import { loadCheck } from '#lib/player/yard/documents.ts';
import { FAULT_CHOICES, FAULT_NAMES, faultSections, newFault } from '#lib/player/yard/fields-fault.ts';
import { hostSections } from '#lib/player/yard/fields-host.ts';
import { linkSections, sceneFields } from '#lib/player/yard/fields-link.ts';
import type { Field, Section } from '#lib/player/yard/fields.ts';
import { createStream } from '#lib/sim/random.ts';
import { DEFAULT_STACK } from '#lib/sim/stack.ts';

const host = (scene: Scene, id: string): readonly Section[] =>
	hostSections(
		scene,
		scene.scenario.hosts.find((one) => one.id === id)!
	);
const link = (scene: Scene, id: string): readonly Section[] =>
	linkSections(
		scene,
		scene.scenario.links.find((one) => one.id === id)!
	);
function field(sections: readonly Section[], label: string): Field {
	const found = sections.flatMap(({ fields }) => fields).find((one) => one.label === label);
	if (!found) throw new Error(`no field ${label}`);
	return found;
}
function set(scene: Scene, of: Field, text: string): Scene {
	const result = of.set(scene, text);
	if (!result.ok) throw new Error(`${of.label}: ${result.say}`);
	return result.scene;
}
const refused = (scene: Scene, of: Field, text: string): string => {
	const result = of.set(scene, text);
	return result.ok ? '' : result.say;
};
const KINDS = Object.keys(FAULT_NAMES) as (keyof typeof FAULT_NAMES)[];
/** A scene with every kind of node and every kind of fault. */
function everything(): Scene {
	let scene = CLEAN;
	for (const edited of [insertInto(scene, 'nat', 'desk-post')]) if (edited.ok) scene = edited.scene;
	const more = addHost(scene, 'router', 'nat');
	if (more.ok) scene = more.scene;
	for (const kind of KINDS)
		scene = addFault(scene, newFault(scene, kind, { link: 'desk-nat', from: 1_000_000 }));
	return scene;
}
const formsOf = (scene: Scene): readonly Section[] => [
	{ title: '', fields: sceneFields(scene) },
	...scene.scenario.hosts.flatMap((one) => hostSections(scene, one)),
	...scene.scenario.links.flatMap((one) => linkSections(scene, one)),
	...(scene.scenario.faults ?? []).flatMap((_, at) => faultSections(scene, at))
];

test('units are those that people speak in', () => {
	const delay = field(link(CLEAN, 'desk-post'), 'Delay, one way');
	expect([delay.value, delay.unit, delay.range]).toEqual(['20', 'ms', '0 to 600,000']);
	const slow = set(CLEAN, delay, '0,5');
	expect(slow.scenario.links[0]?.delay).toBe(500);
	const loss = set(slow, field(link(slow, 'desk-post'), 'Loss'), '12.5');
	expect(loss.scenario.links[0]?.loss).toBe(0.125);
	expect(field(link(loss, 'desk-post'), 'Loss').value).toBe('12.5');
	expect(set(loss, field(link(loss, 'desk-post'), 'Loss'), '').scenario.links[0]).not.toHaveProperty('loss');
});

test('all that a stack may be told has a field, and an empty one means what the stack then does', () => {
	const fields = host(CLEAN, 'desk').flatMap((section) => section.fields);
	let compared = 0;
	for (const [key, value] of Object.entries(DEFAULT_STACK)) {
		const one = fields.find(({ id }) => id === key);
		expect(one, key).toBeDefined();
		const said = /or empty: (\d+)$/.exec(one?.range ?? '')?.[1];
		if (said === undefined || typeof value !== 'number') continue;
		expect(Number(said) * (one?.unit === 'ms' ? 1_000 : 1), key).toBe(value);
		compared += 1;
	}
	expect(compared).toBe(10);
});

test('what cannot be is refused in words', () => {
	const mtu = field(link(CLEAN, 'desk-post'), 'MTU');
	expect(refused(CLEAN, mtu, '20')).toBe('From 68 to 65,535.');
	expect(refused(CLEAN, mtu, 'big')).toBe('A whole number from 68 to 65,535.');
	expect(refused(CLEAN, mtu, '')).toBe('A number from 68 to 65,535.');
	const address = field(host(CLEAN, 'desk'), 'Address');
	expect(refused(CLEAN, address, '1.2.3')).toContain('Four numbers');
	expect(refused(CLEAN, address, '198.51.100.25')).toBe('post has this address.');
	expect(set(CLEAN, address, '').scenario.hosts[0]?.address).toBe('192.0.2.10');
	expect(refused(CLEAN, field(host(CLEAN, 'desk'), 'Name'), 'post')).toBe('post is taken.');
	expect(refused(CLEAN, field(host(CLEAN, 'post'), 'Greeting'), 'é')).toContain('ASCII');
	const edit = addFault(CLEAN, newFault(CLEAN, 'edit', { link: 'desk-post' }));
	expect(refused(edit, field(faultSections(edit, 0), 'Becomes'), 'cash')).toContain('needs 5');
});

test('a fault changes any field of a header, within what the field holds', () => {
	const scene = addFault(CLEAN, newFault(CLEAN, 'edit', { link: 'desk-post' }));
	const what = field(faultSections(scene, 0), 'What is changed');
	const named = what.choices?.map(({ value }) => value) ?? [];
	expect(new Set(named).size).toBe(named.length);
	for (const name of ['ip.ttl', 'ip.id', 'ip.frag_offset', 'ip.proto', 'ip.checksum', 'ip.src'])
		expect(named).toContain(name);
	for (const name of ['tcp.flags.syn', 'tcp.hdr_len', 'tcp.checksum', 'tcp.options.mss_val', 'icmp.type'])
		expect(named).toContain(name);
	expect(named.length).toBeGreaterThan(35);
	const reset = set(scene, what, 'tcp.flags.reset');
	expect(refused(reset, field(faultSections(reset, 0), 'It becomes'), '2')).toBe('From 0 to 1.');
	const ttl = set(scene, what, 'ip.ttl');
	expect(refused(ttl, field(faultSections(ttl, 0), 'It becomes'), '256')).toBe('From 0 to 255.');
	const one = set(ttl, field(faultSections(ttl, 0), 'It becomes'), '200');
	expect(one.scenario.faults?.[0]).toMatchObject({ kind: 'edit', field: 'ip.ttl', value: 200 });
});

test('a forged segment is made of its fields, and its octets make the fields', () => {
	const scene = addFault(CLEAN, newFault(CLEAN, 'forge', { link: 'desk-post', towards: 'desk', from: 5 }));
	const seq = set(scene, field(faultSections(scene, 0), 'Sequence number'), '4711');
	const text = set(seq, field(faultSections(seq, 0), 'Text'), '+OK\\r\\n');
	expect(field(faultSections(text, 0), 'Sequence number').value).toBe('4711');
	expect(field(faultSections(text, 0), 'All octets, in hex').value).toMatch(/^45 00 .* 2b 4f 4b 0d 0a$/);
	const raw = set(text, field(faultSections(text, 0), 'All octets, in hex'), 'ff');
	expect(faultSections(raw, 0).some(({ title }) => title === 'The forged segment')).toBe(false);
	expect(FAULT_CHOICES.map(({ value }) => value).toSorted()).toEqual(KINDS.toSorted());
});

describe('every field of every form', () => {
	test('has a name of its own in its form, and set to what it reads it changes nothing', async () => {
		const check = await loadCheck();
		for (const scene of [CLEAN, everything(), ...PRESETS.slice(4, 5).map((preset) => preset.scene)]) {
			for (const sections of [
				...scene.scenario.hosts.map((one) => hostSections(scene, one)),
				...(scene.scenario.faults ?? []).map((_, at) => faultSections(scene, at))
			]) {
				const ids = sections.flatMap(({ fields }) => fields.map(({ id }) => id));
				expect(new Set(ids).size).toBe(ids.length);
			}
			const before = formsOf(scene).flatMap(({ fields }) => fields.map(({ value }) => value));
			for (const one of formsOf(scene).flatMap(({ fields }) => fields)) {
				const again = set(scene, one, one.value);
				expect(check({ version: 1, kind: 'scene', scene: again }), one.label).toMatchObject({ ok: true });
				const same = formsOf(again).flatMap(({ fields }) => fields.map(({ value }) => value));
				expect(same, one.label).toEqual(before);
			}
		}
	});

	test('takes each of its choices and the ends of its range, and the world still holds', async () => {
		const check = await loadCheck();
		const scene = everything();
		for (const one of formsOf(scene).flatMap(({ fields }) => fields)) {
			const ends =
				one.kind === 'number' ? (one.range ?? '').replaceAll(',', '').match(/^([0-9.]+) to ([0-9.]+)/) : null;
			const values = one.choices?.map(({ value }) => value) ?? (ends ? [ends[1]!, ends[2]!] : ['yes', 'no']);
			for (const value of values.filter(() => one.kind !== 'text' && one.kind !== 'long')) {
				const result = one.set(scene, value);
				if (!result.ok) continue;
				const judged = check({ version: 1, kind: 'scene', scene: result.scene });
				// the check of the whole may still refuse what two fields make together
				if (!judged.ok)
					expect(judged.problem, `${one.label} ${value}`).toMatch(/windowScale|ends before|needs an end/);
			}
		}
	});

	test('takes or refuses whatever is typed, without exception', () => {
		const scene = everything();
		const random = createStream(5, 'typed');
		const things = [
			'',
			' ',
			'-1',
			'1e9',
			'0.5',
			'99999999999',
			'yes',
			'é',
			'"',
			'\\r\\n',
			'post',
			'192.0.2.10',
			'a b',
			'∞',
			'ff',
			'1 2 x'
		];
		for (const one of formsOf(scene).flatMap(({ fields }) => fields))
			for (let i = 0; i < 6; i++) {
				const result = one.set(scene, things[random.below(things.length)]!);
				if (!result.ok) expect(result.say).toMatch(/\.$/);
			}
	});
});
