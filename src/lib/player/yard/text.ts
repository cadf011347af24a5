/** A scene and its run as text, for a teacher or an assistant (no one has to play it to see what went wrong). Pure. */
import { kindOf } from '#lib/levels/scene-edit.ts';
import { listedFaults, qualityOf } from '#lib/levels/scene-quality.ts';
import type { Scene } from '#lib/levels/scene.ts';
import type { Event, Micros, TimedInput } from '#lib/sim/event.ts';
import type { HostSpec } from '#lib/sim/scenario.ts';
import * as packets from '#words/packet-rows.ts';
import * as words from '#words/yard-copy.ts';
import { sayRoute, sayRule } from './fields-network.ts';

const seconds = (at: Micros): string => `${(at / 1e6).toFixed(3)} s`;
const plain = (value: unknown): string =>
	typeof value === 'string'
		? // octets that are no letters would garble the text
			/[\p{Cc}\x80-\x9f]/u.test(value)
			? JSON.stringify(value)
			: value
		: Array.isArray(value)
			? value.map(plain).join(' ')
			: JSON.stringify(value);

/** `mss 1460, ttl 64`; what is absent is as it always is. */
function settings(record: object): string {
	return Object.entries(record)
		.filter(([, value]) => value !== undefined && value !== null)
		.map(([key, value]) => `${key} ${plain(value)}`)
		.join(', ');
}

function hostLines(host: HostSpec): string[] {
	const { id, address, interfaces = [], stack, pop3, account, nat, clampMss } = host;
	const { aliases = [], routes = [], filter = [] } = host;
	const inner = interfaces.map((face) => `, ${words.alsoOn(face.address, face.link)}`).join('');
	const lines = [
		`- ${words.node(id, kindOf(host), address)}${inner}${nat ? `, ${words.outsideIs(nat.outside)}` : ''}`
	];
	if (aliases.length > 0) lines.push(`  ${words.aliases(aliases)}`);
	if (clampMss) lines.push(`  ${words.clamps}`);
	for (const route of routes) lines.push(`  ${words.route(sayRoute(route))}`);
	for (const rule of filter) lines.push(`  ${words.rule(sayRule(rule))}`);
	if (stack && Object.keys(stack).length > 0) lines.push(`  ${words.stack(settings(stack))}`);
	if (pop3) {
		const { users, habits, personality, port = 110, apop = false } = pop3;
		lines.push(`  ${words.server(port, personality, apop)}`);
		if (pop3.greeting !== undefined) lines.push(`  ${words.greets(pop3.greeting)}`);
		if (pop3.wires) lines.push(`  ${words.wires(pop3.wires.map(settings))}`);
		if (habits) lines.push(`  ${words.habits(settings(habits))}`);
		for (const user of users) lines.push(`  ${words.box(user.name, user.box)}`);
		for (const { name, stuck = [] } of users)
			if (stuck.length > 0) lines.push(`  ${words.stuck(name, stuck)}`);
	}
	if (account) {
		lines.push(`  ${words.program(account.user, account.server, account.policy)}`);
		if (account.settings) lines.push(`  ${words.otherwise(settings(account.settings))}`);
	}
	return lines;
}

function sayInput({ at, input }: TimedInput): string {
	switch (input.kind) {
		case 'type':
			return `${seconds(at)}  ${words.types(input.host, input.line)}`;
		case 'sync':
			return `${seconds(at)}  ${words.fetches(input.host)}`;
		case 'packet': {
			const { do: act, ...how } = input.act;
			return `${seconds(at)}  ${words.handled(input.packet, `${act} ${settings(how)}`.trim())}`;
		}
		case 'answer':
			return `${seconds(at)}  ${words.answer(input.question, plain(input.value))}`;
		default: {
			const { kind, ...how } = input;
			return `${seconds(at)}  ${`${kind} ${settings(how)}`.trim()}`;
		}
	}
}

/** What the log tells in lines that a person can follow. */
export function sayEvent(event: Event): string | null {
	switch (event.kind) {
		case 'tcp.state':
			return words.tcpState(event.host, event.from, event.to, event.on);
		case 'tcp.error':
			return `TCP ${event.host}: ${event.error}`;
		case 'tcp.retransmit':
			return words.again(event.host, event.sequence, event.reason);
		case 'packet.dropped':
			return words.lost(event.packet, event.link, packets.drops[event.reason]);
		case 'pop3.command':
			return `C> ${`${event.keyword} ${event.args}`.trim()}`;
		case 'pop3.reply':
			return `S> ${event.ok ? '+OK' : '-ERR'} ${event.text}`;
		case 'mail.problem':
			return words.problem(event.what, event.where);
		case 'mail.done':
			return words.syncOver(event.fetched, event.deleted);
		default:
			return null;
	}
}

/** Lines of the run at most: the last are kept. */
const MOST = 400;

export function sceneText(scene: Scene, inputs: readonly TimedInput[], log: readonly Event[]): string {
	const { hosts, links } = scene.scenario;
	const faults = listedFaults(scene).map(
		({ fault: { kind, link, towards, from = 0, to, match, ...rest } }) => {
			const span = words.span(seconds(from), to === undefined ? null : seconds(to));
			const which = match ? `, ${words.ofPackets(settings(match))}` : '';
			const way = towards === undefined ? '' : ` ${words.towards(towards)}`;
			return `- ${words.onLink(kind, link)}${way}, ${span}${which}: ${settings(rest)}`;
		}
	);
	const run = log.flatMap((event) => {
		const said = sayEvent(event);
		return said === null ? [] : [`${seconds(event.at)}  ${said}`];
	});
	const left = Math.max(0, run.length - MOST);
	return [
		words.yard(scene.name),
		words.terminal(scene.terminal, scene.seed),
		'',
		words.nodes,
		...hosts.flatMap(hostLines),
		'',
		words.links,
		...links.map((link) => `- ${words.ends(link.ends)}: ${settings(qualityOf(scene, link))}`),
		...(faults.length > 0 ? ['', words.faults, ...faults] : []),
		'',
		words.done,
		...(inputs.length > 0 ? inputs.map(sayInput) : [words.nothingYet]),
		'',
		words.happened,
		...(left > 0 ? [words.leftOut(left)] : []),
		...run.slice(left),
		...(run.length === 0 ? [words.nothingYet] : [])
	].join('\n');
}
