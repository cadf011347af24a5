// Both charts walked from their start by every event that the other side can send, and the states seen on the way.
import type { SnapshotFrom } from 'xstate';
import { everyCommand } from '#lib/pop3/commands.ts';
import { readCommand } from '#lib/pop3/grammar.ts';
import { plain, type Habits } from '#lib/pop3/habits.ts';
import { personality } from '#lib/pop3/personality.ts';
import type { ServerEvent } from '#lib/pop3/server-events.ts';
import { serverMachine } from '#lib/pop3/server.machine.ts';
import { start, step } from '#lib/pop3/step.ts';

export type Server = SnapshotFrom<typeof serverMachine>;

export const command = (text: string) => readCommand({ text, end: 'CRLF', tooLong: false });
const entries = [
	{ uid: 'a', size: 10 },
	{ uid: 'b', size: 20 }
];

export const serverEvents: ServerEvent[] = [
	...everyCommand.map(({ example }) => command(example)),
	command('AUTH'),
	command('AUTH LOGIN'),
	command('AUTH XYZZY'),
	command('LANG'),
	command('DELE 2'),
	command('LIST'),
	command('RETR 99'),
	command('RETR x'),
	command('XYZZY'),
	{ type: 'BAD LINE', fault: 'lineTooLong' },
	{ type: 'RESPONSE', text: '*' },
	{ type: 'RESPONSE', text: '!' },
	{ type: 'RESPONSE', text: 'YWRh' },
	{ type: 'IDLE' },
	{ type: 'PAUSE OVER' },
	{ type: 'SEALED' },
	{ type: 'UNAVAILABLE', fault: 'loginTooSoon' },
	{ type: 'CONNECTED' },
	{ type: 'ENDED' },
	{ type: 'LOST' },
	{ type: 'KNOWN' },
	{ type: 'UNKNOWN' },
	{ type: 'OPENED', entries },
	{ type: 'LOCKED' },
	{ type: 'DENIED' },
	{ type: 'UPDATED' },
	{ type: 'FAILED' }
];

/** Every snapshot that some series of events leads to, and every passage between them. */
export function walk<S, E extends { type: string }>(
	first: S,
	events: readonly E[],
	next: (from: S, event: E) => { snapshot: S; passages: ReturnType<typeof step>['passages'] }
) {
	const seen = new Map([[JSON.stringify(first), first]]);
	const moves: { from: string; to: string; event: E; effects: { type: string; params: unknown }[] }[] = [];
	for (const snapshot of seen.values()) {
		for (const event of events) {
			const { snapshot: reached, passages } = next(snapshot, event);
			const key = JSON.stringify(reached);
			if (!seen.has(key) && seen.size < 60) seen.set(key, reached);
			for (const { from, to, effects } of passages) moves.push({ from, to, event, effects: [...effects] });
		}
	}
	return { snapshots: [...seen.values()], moves };
}

/** Servers that differ as much as they can. */
const SERVERS: readonly Habits[] = [
	plain,
	{ ...personality('rfc').habits, offers: [...personality('rfc').habits.offers, 'STLS'], badLimit: [1, 1] },
	{ ...personality('dovecot').habits, closesWhenLocked: true },
	{
		...plain,
		namesAreChecked: true,
		closesAfterFailure: true,
		failureDelay: 1,
		renumbers: true,
		staysSilent: true
	},
	{ ...plain, listsAllAnyway: true }
];
export const walkOf = (habits: Habits) =>
	walk<Server, ServerEvent>(
		start(serverMachine, { stamp: '<1@x>', challenge: '<2@x>', habits }).snapshot,
		serverEvents,
		(from, event) => step(serverMachine, from, event)
	);
export const serverWalks = SERVERS.map(walkOf);

export const serverSnapshots = serverWalks.flatMap(({ snapshots }) => snapshots);
