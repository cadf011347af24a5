/** Which program a host runs: its role decides. A new role is one program and one line here. */
import type { Kernel } from './kernel.ts';
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

/** Starts the programs of a host; returns the one at its terminal, if it has one. */
export function runPrograms(spec: HostSpec, around: Surroundings): Program | null {
	if (spec.pop3) openPop3Office(spec, spec.pop3, around);
	return spec.role === 'client' ? new Terminal(spec.id, around) : null;
}
