// What a component says straight from the catalogue (`{words.close}`) is put into its markup when it is built: as the
// language of a build is chosen by `#words/*`, such a word can be part of the template, as cheap as if it stood there.
// Law: the text that is shown is the same with this step and without it. Plain JavaScript: svelte.config.js runs it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'svelte/compiler';
import ts from 'typescript';

const ROOT = new URL('../', import.meta.url);
/** @type {{ imports: Record<string, string> }} */
const { imports } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
const IMPORT = /import \* as (\w+) from '#words\/([\w-]+\.ts)';/g;

/**
 * The strings that a module of the catalogue exports, by key.
 * @param {string} path
 */
function stringsOf(path) {
	/** @type {Map<string, string>} */
	const strings = new Map();
	for (const each of ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest)
		.statements) {
		if (!ts.isVariableStatement(each) || !each.modifiers?.length) continue;
		for (const { name, initializer } of each.declarationList.declarations)
			if (ts.isIdentifier(name) && initializer && ts.isStringLiteralLike(initializer))
				strings.set(name.text, initializer.text);
	}
	return strings;
}

/**
 * As it stands in markup; null where the compiler would take white space away.
 * @param {string | undefined} text
 */
function escaped(text) {
	if (!text || text !== text.trim() || /\s\s|[^\S ]/.test(text)) return null;
	return text.replace(/[&<>{}"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/**
 * @param {unknown} value
 * @returns {value is { readonly type: string } & Record<string, unknown>}
 */
const isNode = (value) =>
	typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/**
 * The markup with its plain words in their places.
 * @param {string} content
 * @param {ReadonlyMap<string, ReadonlyMap<string, string>>} catalogue by the name that a module has in the component
 */
export function withWords(content, catalogue) {
	/** @type {{ start: number; end: number; text: string }[]} */
	const found = [];
	/**
	 * @param {unknown} node
	 * @param {boolean} bare it stands among text, or in quotes
	 */
	const walk = (node, bare) => {
		if (typeof node !== 'object' || node === null) return;
		if (!isNode(node)) return Object.values(node).forEach((part) => walk(part, bare));
		if (node.type === 'Attribute') return walk(node['value'], Array.isArray(node['value']));
		if (node.type !== 'ExpressionTag') return Object.values(node).forEach((part) => walk(part, true));
		const at = node['expression'];
		if (!isNode(at) || at.type !== 'MemberExpression' || at['computed']) return;
		const { object, property } = at;
		if (!isNode(object) || !isNode(property)) return;
		const text = escaped(catalogue.get(String(object['name']))?.get(String(property['name'])));
		if (text !== null)
			found.push({ start: Number(node['start']), end: Number(node['end']), text: bare ? text : `"${text}"` });
	};
	walk(parse(content, { modern: true }).fragment, true);
	return found
		.sort((a, b) => b.start - a.start)
		.reduce((code, { start, end, text }) => code.slice(0, start) + text + code.slice(end), content);
}

/** @returns {import('svelte/compiler').PreprocessorGroup} */
export const inlineWords = () => ({
	name: 'words',
	markup({ content }) {
		const modules = [...content.matchAll(IMPORT)].map(([, name = '', file = '']) => ({
			name,
			path: fileURLToPath(new URL((imports['#words/*'] ?? '').replace('*', file), ROOT))
		}));
		if (modules.length === 0) return { code: content };
		const catalogue = new Map(modules.map(({ name, path }) => [name, stringsOf(path)]));
		return { code: withWords(content, catalogue), dependencies: modules.map(({ path }) => path) };
	}
});
