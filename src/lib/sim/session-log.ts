/**
 * What a POP3 session reports, put into the world's log with the causes in order: a command, a line sent or a reply
 * received comes of what has just happened; all else comes of that command, line or reply.
 */
import type { Pop3Event } from '#lib/pop3/session.ts';
import type { Cause, Kernel } from './kernel.ts';

type Reported =
	| { readonly type: 'log'; readonly event: Pop3Event }
	| { readonly type: 'print'; readonly origin: 'server' | 'local'; readonly octets: string }
	| { readonly type: 'write' | 'close' | 'connect' | 'timer' | 'seal' | 'wait' };

const LEADING: ReadonlySet<Pop3Event['kind']> = new Set([
	'pop3.command',
	'pop3.sent',
	'pop3.received'
] as const);
const SPOKEN: ReadonlySet<Pop3Event['kind']> = new Set(['pop3.reply', 'pop3.sent'] as const);

/**
 * Logs the `log` and `print` effects among `effects`, in their order. Returns the cause of what the session writes or closes: the last thing it said,
 * and `cause` where it said nothing.
 */
export function record(
	kernel: Kernel,
	host: string,
	session: string,
	effects: readonly Reported[],
	cause: Cause
): Cause {
	let leading = cause;
	let spoken: Cause | null = null;
	for (const effect of effects) {
		if (effect.type === 'print') {
			const { origin, octets } = effect;
			kernel.emit({ kind: 'terminal', host, origin, octets }, cause);
		}
		if (effect.type !== 'log') continue;
		const { event } = effect;
		const logged = kernel.emit({ ...event, host, session }, LEADING.has(event.kind) ? cause : leading);
		if (LEADING.has(event.kind)) leading = logged;
		if (SPOKEN.has(event.kind)) spoken = logged;
	}
	return spoken ?? leading;
}
