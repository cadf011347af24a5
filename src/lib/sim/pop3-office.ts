/**
 * The program of a server host: it listens on the POP3 port and gives every connection a session of its own over the one
 * store of mail. What the session wants written, closed and logged is done here; what it says is its own business.
 */
import { letter } from '#lib/mail/letters.ts';
import { drill } from '#lib/pop3/drill.ts';
import { personality as wordingOf } from '#lib/pop3/personality.ts';
import { ServerSession } from '#lib/pop3/server-session.ts';
import type { ServerSessionEffect, TimerName } from '#lib/pop3/session.ts';
import { createStore, type MailStore } from '#lib/pop3/store.ts';
import { arrowsWith, wireProblem, type Wire } from '#lib/pop3/wiring.ts';
import type { Micros } from './event.ts';
import type { Cause, Kernel } from './kernel.ts';
import type { Circuit, CircuitUser } from './program.ts';
import type { Ticket } from './queue.ts';
import type { Surroundings } from './roles.ts';
import type { HostSpec, Pop3Spec } from './scenario.ts';
import { record } from './session-log.ts';

/** RFC 1939 §3. */
const POP3_PORT = 110;

/** What the office needs of its host. */
type Around = Pick<Surroundings, 'kernel' | 'sockets'>;

/** From one transcript to the next, so that each can be seen to pass or fail. */
const BETWEEN: Micros = 1_000;

interface Office {
	/** As `Program.drill`. */
	drill(wire: Wire | null): (cause: Cause) => void;
}

/** Throws an Error where the scenario names a letter or a personality that does not exist. */
export function openPop3Office(host: HostSpec, spec: Pop3Spec, around: Around): Office {
	const store = createStore(spec.users.map(({ box, ...user }) => ({ ...user, messages: box.map(letter) })));
	return openOffice({ host: host.id, name: host.aliases?.[0] ?? host.id }, spec, store, around);
}

/**
 * Serves the mail of `store` on the host `host`, which calls itself `name`. Throws an Error where there is no such
 * personality.
 */
export function openOffice(
	{ host, name }: { readonly host: string; readonly name: string },
	{ port = POP3_PORT, personality, greeting, apop = false, habits, wires = [] }: Omit<Pop3Spec, 'users'>,
	store: MailStore,
	{ kernel, sockets }: Around
): Office {
	let sessions = 0;
	let arrows = arrowsWith(wires);

	/** RFC 1939 §7: `<process-ID.clock@hostname>`, different in every greeting. */
	function stamp(): string {
		return `<${++sessions}.${kernel.now}@${name}>`;
	}
	function session(id: string): ServerSession {
		const challenge = stamp();
		return new ServerSession({
			id,
			store,
			personality,
			wires: arrows,
			host: name,
			challenge,
			now: () => kernel.now,
			...(greeting !== undefined && { greeting }),
			...(apop && { stamp: challenge }),
			...(habits && { habits })
		});
	}
	wordingOf(personality);
	sockets.listen(port, (circuit) => attend(host, circuit, session(circuit.name), kernel));
	return {
		drill(wire) {
			const problem = wire && wireProblem(wire);
			if (problem) throw new Error(problem);
			return (cause) => {
				if (wire) arrows = arrowsWith([...arrows, wire]);
				for (const [i, outcome] of drill(personality, arrows).entries()) {
					const tell = () => void kernel.emit({ kind: 'pop3.drill', host, outcome }, cause);
					kernel.wake(kernel.now + (i + 1) * BETWEEN, false, tell);
				}
			};
		}
	};
}

function attend(host: string, circuit: Circuit, session: ServerSession, kernel: Kernel): CircuitUser {
	const timers = new Map<TimerName, Ticket>();

	function perform(effects: readonly ServerSessionEffect[], cause: Cause): void {
		const why = record(kernel, host, circuit.name, effects, cause);
		for (const effect of effects) {
			if (effect.type === 'write') circuit.send(effect.octets, why);
			else if (effect.type === 'close') circuit.close(why);
			else if (effect.type === 'timer') setTimer(effect.timer, effect.after, why);
		}
	}
	/** Nothing else waits for an autologout; a late answer is waited for. */
	function setTimer(timer: TimerName, after: number | null, cause: Cause): void {
		const set = timers.get(timer);
		if (set !== undefined) kernel.cancel(set);
		timers.delete(timer);
		if (after === null) return;
		const fire = () => {
			timers.delete(timer);
			perform(session.timeout(timer), cause);
		};
		timers.set(timer, kernel.wake(kernel.now + after, timer === 'autologout', fire));
	}
	return {
		opened: (cause) => perform(session.open(), cause),
		octets: (octets, cause) => perform(session.octets(octets), cause),
		ended: (cause) => perform(session.ended(), cause),
		failed: (_failure, cause) => perform(session.lost(), cause)
	};
}
