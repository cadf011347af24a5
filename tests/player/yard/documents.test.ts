import { expect, test } from 'vitest';
import { PRESETS } from '#lib/levels/scene-presets.ts';
import {
	loadCheck,
	MAX_DOCUMENT,
	readDocument,
	writeDocument,
	type Document
} from '#lib/player/yard/documents.ts';
import { LEVEL, MADE, RUN, SCENE } from './support.ts';

const problem = async (text: string): Promise<string> => {
	const read = await readDocument(text);
	return read.ok ? '' : read.problem;
};
const changed = (path: string, value: unknown, document: Document = SCENE): string => {
	const whole: unknown = JSON.parse(writeDocument(document));
	const keys = path.split('.');
	let at = whole as Record<string, unknown>;
	for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
	at[keys.at(-1)!] = value;
	return JSON.stringify(whole);
};

test('scenes, runs, levels and every preset come back as they were', async () => {
	const presets = PRESETS.map(({ scene }): Document => ({ version: 1, kind: 'scene', scene }));
	for (const document of [SCENE, RUN, LEVEL, ...presets])
		expect(await readDocument(writeDocument(document))).toEqual({ ok: true, value: document });
});

test.each([
	['', 'not JSON'],
	['{', 'not JSON'],
	['[]', 'neither a scene nor a level'],
	['null', 'neither'],
	['{"kind":"scene","version":2}', 'newer edition'],
	['{"kind":"castle","version":1}', 'kind'],
	['{"kind":"scene","version":1,"__proto__":{}}', 'refused'],
	[`{"kind":"scene"${' '.repeat(MAX_DOCUMENT)}}`, 'longer than 1,000,000'],
	[changed('scene.name', ''), 'scene.name: has no letters'],
	[changed('scene.name', 'a\nb'), 'control character'],
	[changed('scene.extra', 1), 'extra'],
	[changed('scene.terminal', 'post'), '"post" is no client'],
	[changed('scene.scenario.links.0.mtu', 20), 'links[0].mtu: 20 is less than 68'],
	[changed('scene.scenario.links.0.ends.1', 'nobody'), 'no host "nobody"'],
	[changed('scene.scenario.hosts.0.address', '1.2.3'), 'no dotted IPv4 address'],
	[changed('scene.scenario.hosts.1.pop3.personality', 'clippy'), 'no server is called "clippy"'],
	[changed('scene.scenario.hosts.1.pop3.users.0.box.0', 'bomb'), 'no letter is called "bomb"'],
	[changed('scene.scenario.hosts.0.account.policy', 'spam'), 'no mail program is called "spam"'],
	[changed('scene.seed', 1.5), 'seed'],
	[changed('inputs.1.at', -1, RUN), 'at'],
	[changed('inputs.0.at', 5_000_000, RUN), 'earlier than the one before'],
	[changed('level.rows', [], LEVEL), 'rows'],
	[changed('level.rows.0.kind', 'terminal', LEVEL), 'no kind of event'],
	[changed('level.rows.0.kind', 'constructor', LEVEL), 'no kind of event'],
	[changed('level.rows.0.fields', { session: {} }, LEVEL), 'fields'],
	[changed('level.rows.0.fields', { colour: 'red' }, LEVEL), 'has no field "colour"'],
	[changed('level.rows.0.guard', true, LEVEL), 'nothing to reach'],
	[changed('level.solution', [], LEVEL), 'solution'],
	[
		changed('level.solution.0.at', 5, {
			...LEVEL,
			level: { ...MADE, prelude: [{ ...MADE.prelude[0]!, at: 9 }] }
		} as Document),
		'earlier'
	]
])('%.60s is refused: %s', async (text, say) => {
	expect(await problem(text)).toContain(say);
});

test('a scene has forty nodes and sixty-four faults at most', async () => {
	const tree = PRESETS.find(({ id }) => id === 'tree')!.scene;
	const { hosts, links } = tree.scenario;
	const more = { id: 'one-more', role: 'router', address: '10.9.9.9' };
	const wide = { ...tree, scenario: { hosts: [...hosts, more], links } };
	expect(await problem(JSON.stringify({ ...SCENE, scene: wide }))).toContain('more than 40 nodes');
	const faults = (n: number) => Array.from({ length: n }, () => ({ kind: 'cut', link: links[0]!.id }));
	const faulty = (n: number) =>
		JSON.stringify({ ...SCENE, scene: { ...tree, scenario: { hosts, links, faults: faults(n) } } });
	expect(await problem(faulty(64))).toBe('');
	expect(await problem(faulty(65))).toContain('more than 64');
});

test('what is judged is data alone', async () => {
	const check = await loadCheck();
	expect(check({ ...SCENE, scene: new Map() })).toMatchObject({ ok: false });
	expect(check(undefined)).toMatchObject({ ok: false });
});
