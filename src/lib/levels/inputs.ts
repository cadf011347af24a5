/** What a person does at desk, and the way into Ada's box that many levels share. */
import type { Input } from '#lib/sim/event.ts';
import { latest, met, type Log, type Match } from './goals.ts';
import { online, pop3State } from './matches.ts';
import type { Milestone, Stray } from './level.ts';
import type { Maildrop } from './maildrop.ts';
import { ADA } from './topologies.ts';

export const type = (line: string, host = 'desk'): Input => ({ kind: 'type', host, line });
export const answer = (question: string, value: string | number): Input => ({
	kind: 'answer',
	question,
	value
});

export const CONNECT = type('connect post 110');
export const USER = type(`USER ${ADA.name}`);
export const PASS = type(`PASS ${ADA.password}`);
export const QUIT = type('QUIT');
/** From nothing to TRANSACTION. */
export const WAY_IN: readonly Input[] = [CONNECT, USER, PASS];

/** The server waits for the word that belongs to Ada's name. */
const named = (log: Log) =>
	met(latest(pop3State(), pop3State({ on: 'USER' })))(log) &&
	met(
		latest(
			(event) => event.kind === 'pop3.command' && event.keyword === 'USER',
			(event) => event.kind === 'pop3.command' && event.args === ADA.name
		)
	)(log);
/** The server's last session is in TRANSACTION. */
export const inside = met(latest(pop3State(), pop3State({ to: 'TRANSACTION' })));

/** Letters without which the level cannot be solved. */
export interface Needed {
	readonly box: (log: Log) => Maildrop;
	/** By unique-id; absent: every one. */
	readonly uids?: readonly string[];
}

const needed = ({ box, uids }: Needed, log: Log) =>
	box(log).letters.filter(({ uid }) => uids === undefined || uids.includes(uid));

/** What leads back in when the line was lost or left; `done`: it is no longer needed. */
export function wayBack(done: (log: Log) => boolean, letters?: Needed): readonly Milestone[] {
	const ready = (log: Log) => done(log) || (online('desk')(log) && inside(log));
	const kept: readonly Milestone[] = letters
		? [
				{
					is: (log) => done(log) || needed(letters, log).every(({ gone }) => gone === null),
					next: 'A letter that you need is gone for good. Rewind to before the goodbye.',
					step: null
				}
			]
		: [];
	const hidden: readonly Milestone[] = letters
		? [
				{
					is: (log) => done(log) || needed(letters, log).every(({ marked }) => marked === null),
					next: 'A letter that you need is marked, and so it is hidden. Take it back: RSET',
					step: type('RSET')
				}
			]
		: [];
	return [
		...kept,
		{
			is: (log) => done(log) || online('desk')(log),
			next: 'The line is closed. Knock again: connect post 110',
			step: CONNECT
		},
		{ is: (log) => ready(log) || named(log), next: 'Say who you are: USER ada', step: USER },
		{ is: ready, next: 'Now the word: PASS lovelace', step: PASS },
		...hidden
	];
}

/** The goodbye that made a needed letter go. */
export function letterLost(done: (log: Log) => boolean, { uids, box }: Needed): Stray {
	const one: Match = (event) =>
		event.kind === 'maildrop.expunge' && (uids === undefined || uids.includes(event.uid));
	return {
		is: one,
		say: 'That goodbye took a letter away that you still need.',
		amended: (log) =>
			done(log) || needed({ box, ...(uids ? { uids } : {}) }, log).every(({ gone }) => gone === null)
	};
}
