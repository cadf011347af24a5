/** A scene and its run as text, for a teacher or an assistant (no one has to play it to see what went wrong). Pure. */
import { kindOf } from '#lib/levels/scene-edit.ts';
import { listedFaults, qualityOf } from '#lib/levels/scene-quality.ts';
import type { Scene } from '#lib/levels/scene.ts';
import type { Event, Micros, TimedInput } from '#lib/sim/event.ts';
import type { HostSpec } from '#lib/sim/scenario.ts';

const seconds = (at: Micros): string => `${(at / 1e6).toFixed(3)} s`;
const plain = (value: unknown): string =>
	typeof value === 'string'
		? value
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
	const { id, address, interfaces = [], stack, pop3, account, nat } = host;
	const inner = interfaces.map((face) => `, ${face.address} on ${face.link}`).join('');
	const lines = [`- ${id}: ${kindOf(host)}, ${address}${inner}${nat ? `, outside is ${nat.outside}` : ''}`];
	if (stack && Object.keys(stack).length > 0) lines.push(`  stack: ${settings(stack)}`);
	if (pop3) {
		const { users, habits, personality, port = 110, apop = false } = pop3;
		lines.push(`  POP3 on port ${port}: speaks as "${personality}"${apop ? ', offers APOP' : ''}`);
		if (habits) lines.push(`  habits: ${settings(habits)}`);
		for (const user of users) lines.push(`  box of ${user.name}: ${user.box.join(', ') || 'empty'}`);
	}
	if (account) {
		lines.push(`  mail program: ${account.user} at ${account.server}, policy ${account.policy}`);
		if (account.settings) lines.push(`  set otherwise: ${settings(account.settings)}`);
	}
	return lines;
}

function sayInput({ at, input }: TimedInput): string {
	switch (input.kind) {
		case 'type':
			return `${seconds(at)}  ${input.host} types: ${input.line}`;
		case 'sync':
			return `${seconds(at)}  ${input.host} fetches its mail`;
		case 'packet':
			return `${seconds(at)}  packet ${input.packet}: ${input.act.do}`;
		case 'answer':
			return `${seconds(at)}  answer to ${input.question}: ${plain(input.value)}`;
		default:
			return `${seconds(at)}  ${input.kind}`;
	}
}

/** What the log tells in lines that a person can follow. */
function sayEvent(event: Event): string | null {
	switch (event.kind) {
		case 'tcp.state':
			return `TCP ${event.host}: ${event.from} to ${event.to} (${event.on})`;
		case 'tcp.error':
			return `TCP ${event.host}: ${event.error}`;
		case 'tcp.retransmit':
			return `TCP ${event.host}: ${event.sequence} again (${event.reason})`;
		case 'packet.dropped':
			return `packet ${event.packet} lost on ${event.link}: ${event.reason}, ${event.detail}`;
		case 'pop3.command':
			return `C> ${`${event.keyword} ${event.args}`.trim()}`;
		case 'pop3.reply':
			return `S> ${event.ok ? '+OK' : '-ERR'} ${event.text}`;
		case 'mail.problem':
			return `mail program: ${event.what} (${event.where})`;
		case 'mail.done':
			return `sync over: ${event.fetched} fetched, ${event.deleted} deleted`;
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
			const span = `${seconds(from)} to ${to === undefined ? 'the end' : seconds(to)}`;
			const which = match ? `, of ${settings(match)}` : '';
			return `- ${kind} on ${link}${towards === undefined ? '' : ` towards ${towards}`}, ${span}${which}: ${settings(rest)}`;
		}
	);
	const run = log.flatMap((event) => {
		const said = sayEvent(event);
		return said === null ? [] : [`${seconds(event.at)}  ${said}`];
	});
	const left = Math.max(0, run.length - MOST);
	return [
		`Interactive POP3, the yard: ${scene.name}`,
		`Terminal and mail program at ${scene.terminal}, seed ${scene.seed}.`,
		'',
		'Nodes',
		...hosts.flatMap(hostLines),
		'',
		'Links (times in µs, shares from 0 to 1)',
		...links.map((link) => `- ${link.ends.join(' to ')}: ${settings(qualityOf(scene, link))}`),
		...(faults.length > 0 ? ['', 'Faults', ...faults] : []),
		'',
		'What was done',
		...(inputs.length > 0 ? inputs.map(sayInput) : ['nothing yet']),
		'',
		'What happened',
		...(left > 0 ? [`(${left} lines before this are left out)`] : []),
		...run.slice(left),
		...(run.length === 0 ? ['nothing yet'] : [])
	].join('\n');
}
