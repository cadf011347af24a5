// The import table as a test: rooms import downwards only, D3 stays in the stage, the worker in the engine, and the
// simulator's rooms have neither clock nor dice nor document.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../src');

interface Room {
	/** Rooms (`wire`), or single modules (`sim/event.ts`). */
	readonly rooms: readonly string[];
	/** Rooms of which only types may be imported. */
	readonly types?: readonly string[];
	/** Packages, by the beginning of their specifier. */
	readonly packages: readonly string[];
}

const SVELTE = ['svelte', '$app/'];
const TABLE: Record<string, Room> = {
	// the catalogue of what the interface says: only text
	words: { rooms: [], packages: [] },
	wire: { rooms: [], packages: [] },
	capture: { rooms: ['wire'], packages: [] },
	tcp: { rooms: ['wire'], packages: [] },
	ip: { rooms: ['wire'], packages: [] },
	mail: { rooms: [], packages: [] },
	judge: {
		rooms: [
			'wire',
			'capture',
			'tcp/states.ts',
			'pop3/commands.ts',
			'pop3/grammar.ts',
			'pop3/framer.ts',
			'mail/base64.ts'
		],
		packages: []
	},
	pop3: { rooms: ['mail'], packages: ['xstate', '@noble/hashes'] },
	sim: { rooms: ['wire', 'tcp', 'ip', 'pop3', 'mail'], packages: ['xstate'] },
	levels: {
		rooms: [
			'wire',
			'pop3/commands.ts',
			'pop3/grammar.ts',
			'pop3/framer.ts',
			'pop3/apop.ts',
			'mail/letters.ts'
		],
		types: ['sim', 'tcp', 'pop3', 'mail'],
		packages: []
	},
	engine: { rooms: ['sim', 'capture', 'judge'], packages: ['valibot', 'vite/client'] },
	stage: { rooms: ['wire', 'words'], types: ['sim', 'tcp'], packages: ['d3-', '@dagrejs/dagre'] },
	player: {
		rooms: [
			'engine/client.ts',
			'engine/capture-client.ts',
			'engine/protocol.ts',
			'wire',
			'capture',
			'levels',
			'mail/letters.ts',
			'words'
		],
		types: ['sim', 'engine', 'tcp', 'judge'],
		packages: [...SVELTE, 'valibot', 'postal-mime']
	},
	ui: {
		rooms: [
			'player',
			'stage',
			'wire',
			'levels',
			'words',
			'pop3/commands.ts',
			// charts to be drawn, never run
			'pop3/wiring.ts',
			'pop3/transcripts.ts',
			'pop3/client.machine.ts',
			'pop3/mail.machine.ts',
			'tcp/states.ts',
			'tcp/coverage.ts'
		],
		types: ['sim', 'engine', 'judge'],
		packages: [...SVELTE, 'dompurify']
	},
	routes: {
		rooms: ['ui', 'player', 'levels', 'words'],
		packages: [...SVELTE, '@sveltejs/kit', '@fontsource']
	}
};

const SIMULATOR = ['wire', 'capture', 'judge', 'tcp', 'ip', 'mail', 'pop3', 'sim', 'levels'];
/** Globals by name; a member of that name (`segment.window`) is something else, unless it is the global object's. */
const BANNED =
	/(?<!(?<!\b(?:globalThis|self))\.)\b(?:Date|performance|crypto|window(?=\s*[.[])|document|localStorage|navigator|process|fetch|setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame|structuredClone)\b(?!['"`:])|\bMath\s*\.\s*random\b|\bimport\.meta\b|\basync\b|\bPromise\b/g;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
	.filter((name) => /\.(ts|svelte)$/.test(name) && !name.endsWith('.d.ts'))
	.map((name) => ({ name: relative('.', name), text: readFileSync(join(SRC, name), 'utf8') }));

const roomOf = (name: string): string => /^lib\/([^/]+)\//.exec(name)?.[1] ?? name.split('/')[0] ?? '';

/** Every import of a file, with whether it is of types only. */
function importsOf(text: string): { from: string; typeOnly: boolean }[] {
	const found: { from: string; typeOnly: boolean }[] = [];
	const statements = /(?:^|\n)\s*(import|export)\s+(type\s+)?([^'"`;]*?\bfrom\s+)?['"]([^'"]+)['"]/g;
	for (const [, , type, names = '', from = ''] of text.matchAll(statements)) {
		const listed =
			/\{([^}]*)\}/
				.exec(names)?.[1]
				?.split(',')
				.filter((part) => part.trim()) ?? [];
		const allTypes = listed.length > 0 && listed.every((part) => part.trim().startsWith('type '));
		found.push({ from, typeOnly: Boolean(type) || allTypes });
	}
	for (const [, from = ''] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g))
		found.push({ from, typeOnly: false });
	return found;
}

/** Code without comments and without the text of strings, so that prose may say "window". */
const codeOf = (text: string): string =>
	text
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
		.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, "''");

function offence(name: string, from: string, typeOnly: boolean): string | null {
	const room = roomOf(name);
	const rule = TABLE[room];
	if (!rule) return from.startsWith('.') || from.startsWith('$') ? null : `${name}: no room for ${from}`;
	if (from.startsWith('./')) return null;
	if (from.startsWith('../')) {
		if (room === 'routes') return null;
		const target = relative('.', join(name, '..', from));
		return roomOf(target) === room ? null : `${name}: reach ${target} through #lib`;
	}
	if (from.startsWith('#lib/') || from.startsWith('#words/')) {
		const target = from.replace(/^#(?:lib\/)?/, '');
		if (!/\.(ts|svelte)$/.test(target.replace(/\?.*$/, ''))) return `${name}: ${from} lacks its extension`;
		const targetRoom = target.split('/')[0] ?? '';
		if (targetRoom === room || rule.rooms.includes(targetRoom) || rule.rooms.includes(target)) return null;
		if (typeOnly && rule.types?.includes(targetRoom)) return null;
		return `${name}: ${room} may not import ${from}`;
	}
	return rule.packages.some((prefix) => from === prefix || from.startsWith(prefix))
		? null
		: `${name}: ${room} may not import ${from}`;
}

test('every source file lies in a room of the table or at the top', () => {
	const known = new Set([...Object.keys(TABLE), 'service-worker', 'app.d.ts']);
	expect(files.map(({ name }) => roomOf(name)).filter((room) => !known.has(room))).toEqual([]);
});

describe.each(Object.keys(TABLE))('%s', (room) => {
	const mine = files.filter(({ name }) => roomOf(name) === room);

	test('imports only what the table allows', () => {
		const offences = mine.flatMap(({ name, text }) =>
			importsOf(text).flatMap(({ from, typeOnly }) => offence(name, from, typeOnly) ?? [])
		);
		expect(offences).toEqual([]);
	});

	if (SIMULATOR.includes(room))
		test('has neither clock nor dice nor document', () => {
			const offences = mine.flatMap(({ name, text }) =>
				[...codeOf(text).matchAll(BANNED)].map(([word]) => `${name}: ${word}`)
			);
			expect(offences).toEqual([]);
		});
});

describe('the checks themselves can fail', () => {
	test('an upward import, a missing extension, a foreign package', () => {
		expect(offence('lib/wire/x.ts', '#lib/tcp/rto.ts', false)).toContain('may not import');
		expect(offence('lib/tcp/x.ts', '#lib/wire/seq', false)).toContain('extension');
		expect(offence('lib/sim/x.ts', 'd3-selection', false)).toContain('may not import');
		expect(offence('lib/stage/x.ts', '#lib/sim/event.ts', true)).toBeNull();
		expect(offence('lib/stage/x.ts', '#lib/sim/event.ts', false)).not.toBeNull();
	});

	test('clocks and dice are seen in code and not in prose', () => {
		const words = (text: string) => [...codeOf(text).matchAll(BANNED)].length;
		expect(words('const t = Date.now() + Math.random();')).toBe(2);
		expect(words('globalThis.performance.now(); window.open; self.Date')).toBe(3);
		expect(words('segment.window + get.window(bytes, 0)')).toBe(0);
		expect(words("// the window and Date\nconst say = 'window, document';")).toBe(0);
	});
});
