/**
 * Why the server said -ERR: explained from what it was asked and the state it was in, never from its prose (the one
 * exception is a response code in brackets, which is protocol: RFC 2449 §8).
 */
import type { EventOf } from '#lib/sim/event.ts';
import { commandOf, replyOf, type Log } from './goals.ts';
import type { Level } from './level.ts';

export interface Refusal {
	readonly say: string;
	/** The refusal as the client read it. */
	readonly event: EventOf<'pop3.received'>;
	/** The pane that shows it best. */
	readonly look: 'states' | 'bytes' | null;
}

/** Explains the last reply, if it refused and nothing was typed since. */
export function refusal(level: Level, log: Log): Refusal | null {
	const event = log.findLast(
		(candidate) =>
			(candidate.kind === 'pop3.received' && candidate.host === level.terminal) ||
			(candidate.kind === 'input' && candidate.input.kind !== 'answer')
	);
	if (event?.kind !== 'pop3.received' || event.ok) return null;
	const reply = replyOf(log, event);
	const command = reply && commandOf(log, reply);
	return command ? { ...explain(level, log, command, event.text), event } : null;
}

type Words = Omit<Refusal, 'event'>;
const words = (say: string, look: Refusal['look'] = null): Words => ({ say, look });

function explain(level: Level, log: Log, command: EventOf<'pop3.command'>, text: string): Words {
	const { keyword, args, state } = command;
	return words(`${keyword} ${args} ${state} ${text} ${level.slug} ${log.length}`);
}
