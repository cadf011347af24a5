// Every word that a person reads on the page comes from the catalogue: no literal prose in a component, a view model
// or the stage. Protocol words (USER, SYN, +OK) are nobody's language and may stand anywhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { withWords } from '../scripts/words.mjs';

const SRC = join(import.meta.dirname, '../src');
const CATALOGUE = join(SRC, 'lib/words/en');
const ROOMS = ['lib/ui/', 'lib/player/', 'lib/stage/', 'routes/'];

/** Attributes that are read out or shown. */
const SAID =
	/^(?:aria-(?:label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|content|data-label)$/;
/** What a program alone reads: classes, styles, drawings, and data that no style sheet shows. */
const MACHINE = /^(?:class|style|d|data-(?!label$).+)$/;
/** Methods that take a selector or a media query, which are CSS. */
const SELECTS = /^(?:querySelector(?:All)?|closest|matches|matchMedia)$/;
/** What is the same in every language: commands, states, header and key caps written in capitals, numbers, signs. */
const PROTOCOL = /(?<![\p{L}\d])[\p{Lu}\d][\p{Lu}\d._/+-]*(?![\p{L}\d])/gu;

/** What is no language: the class names of an element (each with a hyphen), a media query. */
const MARKUP = /^(?:[a-z]+(?:-[a-z]+)+(?: |$))+$|^\([a-z-]+: [\w-]+\)$/;

/** The head of a document that a module writes, and directives of its policy. */
const HEAD = /<(?:!doctype|meta)\b[^>]*>?|[a-z]+-(?:src|action|uri) [^;]*/g;

/** Two words of prose beside each other, or one that begins a sentence. */
const isProse = (text: string): boolean =>
	!MARKUP.test(text) && /\p{L}{2,}[,;:.]? \p{L}+/u.test(text.replace(HEAD, '').replace(PROTOCOL, ''));
const isWord = (text: string): boolean => isProse(text) || /^\p{Lu}\p{Ll}+$/u.test(text);
const isShown = (text: string): boolean => /\p{L}{2,}/u.test(text.replace(PROTOCOL, ''));

interface Node {
	readonly type: string;
	readonly [part: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Literal prose in the markup of a component. */
function inMarkup(source: string): string[] {
	const found: string[] = [];
	const keep = (text: unknown, counts: (text: string) => boolean): void => {
		if (typeof text === 'string' && counts(text)) found.push(text.trim());
	};
	const walk = (node: unknown, said: boolean): void => {
		if (Array.isArray(node)) for (const part of node) walk(part, said);
		if (!isNode(node) || /^(?:Comment|BinaryExpression|StyleDirective)$/.test(node.type)) return;
		if (node.type === 'CallExpression' && SELECTS.test(calledIn(node))) return walk(node['callee'], said);
		if (node.type === 'Text') return keep(node['data'], said ? isShown : isProse);
		if (node.type === 'Literal') return keep(node['value'], said ? isWord : isProse);
		if (node.type === 'TemplateElement') return keep(cooked(node['value']), isProse);
		const name = node.type === 'Attribute' ? String(node['name']) : null;
		if (name !== null && MACHINE.test(name)) return;
		for (const value of Object.values(node)) walk(value, name === null ? said : SAID.test(name));
	};
	walk(parse(source, { modern: true }).fragment, true);
	return found;
}
/** The name of the function or method that is called. */
function calledIn({ callee }: Node): string {
	if (!isNode(callee)) return '';
	const named = callee.type === 'MemberExpression' ? callee['property'] : callee;
	return isNode(named) ? String(named['name']) : '';
}
const cooked = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && 'cooked' in value ? value.cooked : null;

/** Literal prose in a module: what a programmer alone reads (errors thrown, paths of imports, CSS) is left out. */
function inScript(source: string): string[] {
	const found: string[] = [];
	const walk = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isThrowStatement(node) || ts.isTypeNode(node)) return;
		// what a transition makes is a style
		if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'css') return;
		if (ts.isCallExpression(node)) {
			const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
			if (ts.isIdentifier(called) && SELECTS.test(called.text)) return walk(node.expression);
		}
		if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
			if (isProse(node.text)) found.push(node.text.trim());
		ts.forEachChild(node, walk);
	};
	ts.forEachChild(ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, false), walk);
	return found;
}

function literals(name: string, source: string): string[] {
	if (!name.endsWith('.svelte')) return inScript(source);
	const scripts = [...source.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);
	return [...scripts.flatMap(inScript), ...inMarkup(source)];
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
	(name) => /\.(?:ts|svelte)$/.test(name) && ROOMS.some((room) => name.startsWith(room))
);

describe.each(ROOMS)('%s', (room) => {
	test('says nothing that is not in the catalogue', () => {
		const mine = files.filter((name) => name.startsWith(room));
		const said = mine.flatMap((name) =>
			literals(name, readFileSync(join(SRC, name), 'utf8')).map((text) => `${name}: ${text}`)
		);
		expect(said).toEqual([]);
	});
});

test('every key of the catalogue is used by a file that takes its module', () => {
	const sources = files.map((name) => readFileSync(join(SRC, name), 'utf8'));
	const unused = readdirSync(CATALOGUE).flatMap((module) => {
		const takers = sources.flatMap((source) => {
			const as = new RegExp(`import \\* as (\\w+) from '#words/${module}'`).exec(source)?.[1];
			return as === undefined ? [] : [{ as, source }];
		});
		const keys = readFileSync(join(CATALOGUE, module), 'utf8').matchAll(/^export const (\w+)/gm);
		return [...keys].flatMap(([, key = '']) =>
			takers.some(({ as, source }) => new RegExp(`\\b${as}\\.${key}\\b`).test(source))
				? []
				: `${module}: ${key}`
		);
	});
	expect(unused).toEqual([]);
});

test('the check sees prose and lets the protocol pass', () => {
	expect(literals('x.svelte', '<p class="big red">Send it</p>')).toEqual(['Send it']);
	expect(literals('x.svelte', '<button aria-label="Close">×</button>')).toEqual(['Close']);
	expect(literals('x.svelte', "<p>{open ? 'shut the box' : w.open}</p>")).toEqual(['shut the box']);
	expect(literals('x.svelte', "<p>{open ? 'Shut' : w.open}</p>")).toEqual(['Shut']);
	expect(literals('x.svelte', "<p class:on={kind === 'Shut'}>{#if key === 'Enter'}1{/if}</p>")).toEqual([]);
	expect(literals('x.svelte', '<code>USER</code> <b>{n}</b> +OK')).toEqual([]);
	expect(literals('x.ts', "const a = 'the box is shut'; const b = 'at-tabs';")).toEqual(['the box is shut']);
	expect(literals('x.ts', "const a = 'pk-line pk-thin'; const b = '(prefers-color-scheme: dark)';")).toEqual(
		[]
	);
	expect(literals('x.ts', "const a = 'pk-line of it'; const b = '(of the box: dark)';")).toHaveLength(2);
	expect(literals('x.ts', "throw new Error('no such host');")).toEqual([]);
	expect(literals('x.ts', `f('<meta charset="utf-8" content="', "img-src data:; base-uri 'none'");`)).toEqual(
		[]
	);
	expect(literals('x.ts', `f('<meta charset="utf-8">shut it');`)).toHaveLength(1);
	expect(literals('x.svelte', '<td data-label="Own port">{n}</td><p data-pane="Top bar"></p>')).toEqual([
		'Own port'
	]);
	expect(
		literals('x.svelte', '<p style:top="{n}px" onclick={() => p.closest(\'input, button\')}></p>')
	).toEqual([]);
	expect(literals('x.ts', "const at = p.closest('input, button'); say('no, not now');")).toEqual([
		'no, not now'
	]);
});

test('a plain word of the catalogue becomes part of the markup, and the page says the same', () => {
	const catalogue = new Map([
		[
			'words',
			new Map([
				['close', 'Close'],
				['odd', '"a" & {b} <c>'],
				['apart', ' , apart'],
				['twice', 'two  spaces']
			])
		]
	]);
	const made = (markup: string) => withWords(markup, catalogue);
	expect(made('<p>{words.close} <b>{n}</b></p>')).toBe('<p>Close <b>{n}</b></p>');
	expect(made('<p title={words.close} aria-label="{words.close}: {n}" />')).toBe(
		'<p title="Close" aria-label="Close: {n}" />'
	);
	expect(made('{#if on}<Pane name={words.close} />{/if}')).toBe('{#if on}<Pane name="Close" />{/if}');
	expect(made('<p>{words.odd}</p>')).toBe('<p>&#34;a&#34; &#38; &#123;b&#125; &#60;c&#62;</p>');
	const kept =
		'<p onclick={() => say(words.close)}>{words.apart}{words.twice}{words.at(1)}{words[close]}{other.close}</p>';
	expect(made(kept)).toBe(kept);
});
