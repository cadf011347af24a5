/**
 * Who is meant by a name typed at a terminal: a host's id, one of its aliases, or an address in dotted form. A scenario
 * has no DNS: every host knows every name, as from one hosts file (RFC 952's HOSTS.TXT). Names ignore case (RFC 1123 §2.1).
 */
import { isAddress, parseAddress, type Address } from '#lib/wire/address.ts';
import type { Scenario } from './scenario.ts';

/** Looks a name up; null: nobody has it. A dotted address stands for itself, whether or not a host has it. */
export type Resolve = (name: string) => Address | null;

export function namesOf(scenario: Scenario): Resolve {
	const known = new Map<string, Address>();
	for (const host of scenario.hosts) {
		const address = parseAddress(host.address);
		for (const name of [host.id, ...(host.aliases ?? [])]) known.set(name.toLowerCase(), address);
	}
	return (name) => (isAddress(name) ? parseAddress(name) : (known.get(name.toLowerCase()) ?? null));
}
