/**
 * The fields of a node that are lists: its other names, its routes and its filter, one line each. Law: what is shown can be
 * typed again as it stands, and means the same.
 */
import { setHost } from '#lib/levels/scene-edit.ts';
import { linksAt, type Scene } from '#lib/levels/scene.ts';
import type { HostSpec } from '#lib/sim/scenario.ts';
import { isAddress, parseAddress } from '#lib/wire/address.ts';
import * as words from '#words/yard-network.ts';
import { line, wrong, type Field, type Section } from './fields.ts';

type Route = NonNullable<HostSpec['routes']>[number];
type Rule = NonNullable<HostSpec['filter']>[number];

/** Characters of a list, and how many lines it has at most. */
const MOST = 8_000;
const LINES = 100;

/** Null: it is a network, an address for itself or one with the length of its prefix. */
function prefixProblem(text: string): string | null {
	const [address = '', length = '32', ...rest] = text.split('/');
	if (rest.length > 0 || !isAddress(address) || !/^\d{1,2}$/.test(length) || Number(length) > 32)
		return words.noPrefix(text);
	const host = 2 ** (32 - Number(length));
	return parseAddress(address) % host === 0 ? null : words.bitsBehind(text);
}

const linesOf = (text: string): string[] =>
	text
		.split('\n')
		.map((one) => one.trim().replace(/\s+/g, ' '))
		.filter(Boolean);

// ---- routes

export const sayRoute = ({ to, link }: Route): string => `${to} ${link ?? words.nowhere}`;

function readRoute(text: string, links: readonly string[]): Route | string {
	const [to = '', link = '', ...rest] = text.split(' ');
	const problem = prefixProblem(to);
	if (problem !== null) return problem;
	if (rest.length > 0 || link === '') return words.routeIs;
	if (link === words.nowhere) return { to, link: null };
	return links.includes(link) ? { to, link } : words.noLink(link, links);
}

// ---- filter

const ACTIONS = ['pass', 'drop', 'reject'] as const;
const PROTOCOLS = ['icmp', 'tcp', 'udp'] as const;
const PREFIXES = { from: 'src', to: 'dst' } as const;
const NUMBERS = {
	sport: ['srcPort', 65_535],
	dport: ['dstPort', 65_535],
	type: ['icmpType', 255],
	code: ['icmpCode', 255]
} as const;

export function sayRule(rule: Rule): string {
	const said: string[] = [rule.action];
	if (rule.protocol) said.push(rule.protocol);
	for (const [word, key] of Object.entries(PREFIXES)) if (rule[key] !== undefined) said.push(word, rule[key]);
	for (const [word, [key]] of Object.entries(NUMBERS))
		if (rule[key] !== undefined) said.push(word, String(rule[key]));
	return said.join(' ');
}

function readRule(text: string): Rule | string {
	const [first, ...rest] = text.toLowerCase().split(' ');
	const action = ACTIONS.find((one) => one === first);
	if (!action) return words.ruleBegins;
	const protocol = PROTOCOLS.find((one) => one === rest[0]);
	if (protocol) rest.shift();
	const read: Record<string, string | number> = {};
	for (let i = 0; i < rest.length; i += 2) {
		const [word = '', value = ''] = [rest[i], rest[i + 1]];
		if (Object.hasOwn(PREFIXES, word)) {
			const problem = prefixProblem(value);
			if (problem !== null) return problem;
			read[PREFIXES[word as keyof typeof PREFIXES]] = value;
		} else if (Object.hasOwn(NUMBERS, word)) {
			const [key, high] = NUMBERS[word as keyof typeof NUMBERS];
			if (!/^\d{1,5}$/.test(value) || Number(value) > high) return words.ruleNumber(word, high);
			read[key] = Number(value);
		} else return words.ruleWord(word);
	}
	return { action, ...(protocol && { protocol }), ...read };
}

// ---- fields

/** A list of lines, each read by itself; what is wrong says in which line. */
function listOf<T extends object>(
	id: string,
	label: string,
	range: string,
	now: readonly string[],
	read: (text: string) => T | string,
	put: (scene: Scene, list: readonly T[] | undefined) => Scene
): Field {
	return line({
		id,
		label,
		long: true,
		range,
		now: now.join('\n'),
		most: MOST,
		put(scene, text) {
			const list: T[] = [];
			const lines = linesOf(text);
			if (lines.length > LINES) return wrong(words.tooMany(LINES));
			for (const [i, one] of lines.entries()) {
				const item = read(one);
				if (typeof item === 'string') return wrong(words.inLine(i + 1, item));
				list.push(item);
			}
			return put(scene, list.length > 0 ? list : undefined);
		}
	});
}

/** Other names of a node: `mail.post.example`. */
export function aliasField(host: HostSpec): Field {
	const { id, aliases = [] } = host;
	return line({
		id: 'aliases',
		label: words.aliases,
		range: words.aliasRange,
		now: aliases.join(' '),
		put(scene, text) {
			const names = [
				...new Set(
					text
						.toLowerCase()
						.split(/[\s,]+/)
						.filter(Boolean)
				)
			];
			const bad = names.find((name) => !/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(name));
			if (bad !== undefined || names.length > 20) return wrong(words.aliasIs);
			const taken = scene.scenario.hosts.flatMap((other) =>
				other.id === id ? [id] : [other.id, ...(other.aliases ?? [])]
			);
			const twice = names.find((name) => taken.includes(name));
			if (twice !== undefined) return wrong(words.taken(twice));
			return setHost(scene, id, { aliases: names.length > 0 ? names : undefined });
		}
	});
}

export function networkSection(scene: Scene, host: HostSpec): Section {
	const { id, routes = [], filter = [] } = host;
	const links = linksAt(scene.scenario, id).map((link) => link.id);
	return {
		title: words.title,
		folded: true,
		fields: [
			listOf<Route>(
				'routes',
				words.routes,
				words.routeRange(links),
				routes.map(sayRoute),
				(text) => readRoute(text, links),
				(to, list) => setHost(to, id, { routes: list })
			),
			listOf<Rule>('filter', words.filter, words.filterRange, filter.map(sayRule), readRule, (to, list) =>
				setHost(to, id, { filter: list })
			)
		]
	};
}
