/**
 * A line that never left the terminal, because no line to a server was open, and what was meant by it. Law: as everywhere
 * with the coach, read from what the client's chart did and from the words typed, never from what the terminal printed.
 */
import { findCommand } from '#lib/pop3/commands.ts';
import type { EventOf } from '#lib/sim/event.ts';
import { closest } from './closest.ts';
import type { Log } from './goals.ts';
import type { Level } from './level.ts';
import { hostsOf } from './seats.ts';

/** The terminal's own command. */
export const CONNECT = 'connect';

/** What to say of the player's last input; null: it went out, or nothing is amiss with it. */
export function mistyped(level: Level, log: Log, { seq, input }: EventOf<'input'>): string | null {
	if (input.kind !== 'type' || !hostsOf(level).includes(input.host)) return null;
	const [word = '', host] = input.line.trim().split(/\s+/);
	const client = log.findLast(
		(event) =>
			event.seq < seq && event.kind === 'pop3.state' && event.side === 'client' && event.host === input.host
	);
	// on the way to a server the terminal says itself that it is not there yet
	if (word === '' || (client?.kind === 'pop3.state' && /^connect(?:ing|ed)$/.test(client.to))) return null;
	if (word.toLowerCase() === CONNECT) return host === undefined ? null : misdialled(level, host);
	const known = findCommand(word.toUpperCase())?.keyword;
	if (known !== undefined) return `No line is open, so ${known} reaches nobody. ${knock(level)}`;
	const meant = closest(word.toLowerCase(), [CONNECT]);
	return meant === null ? null : `Did you mean ${meant}? ${knock(level)}`;
}

/** A name that no host has. */
function misdialled(level: Level, host: string): string | null {
	const names = level.scenario.hosts.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
	const meant = names.includes(host.toLowerCase()) ? null : closest(host.toLowerCase(), names);
	return meant === null ? null : `Did you mean ${meant}? ${knock(level)}`;
}

/** `Knock first: connect post 110` */
function knock({ scenario }: Level): string {
	const server = scenario.hosts.find(({ pop3 }) => pop3);
	return server ? `Knock: ${CONNECT} ${server.id} ${server.pop3?.port ?? 110}` : '';
}
