/** Which programs a host runs: its role decides. A new role is one program and one line here. */
import type { Kernel } from './kernel.ts';
import { MailProgram } from './mail-program.ts';
import type { Resolve } from './names.ts';
import { openPop3Office } from './pop3-office.ts';
import type { Program, Sockets } from './program.ts';
import type { HostSpec } from './scenario.ts';
import { Terminal } from './terminal.ts';

/** What a program has around it. */
export interface Surroundings {
	readonly kernel: Kernel;
	readonly sockets: Sockets;
	readonly resolve: Resolve;
}

/** Starts the programs of a host; returns what a person has there, if anything: a terminal and a mail program, on a client; on a server the arrows of its chart. */
export function runPrograms(spec: HostSpec, around: Surroundings): Program | null {
	const office = spec.pop3 ? openPop3Office(spec, spec.pop3, around) : null;
	if (spec.role !== 'client') return office && { drill: (wire) => office.drill(wire) };
	const terminal = new Terminal(spec.id, around);
	const mail = new MailProgram(spec.id, spec.account, around);
	return {
		typed: (line, cause) => terminal.typed(line, cause),
		raw: (octets, cause) => terminal.raw(octets, cause),
		sync: (account) => mail.prepare(account),
		set: (settings) => mail.set(settings),
		abort(cause) {
			terminal.abort(cause);
			mail.abort(cause);
		}
	};
}
