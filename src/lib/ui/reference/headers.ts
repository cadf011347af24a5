/** Which headers a page of the reference prints, and which options they may carry. */
import { ECHO, FRAGMENTATION_NEEDED, ICMP, PARAMETER_PROBLEM, REDIRECT } from '#lib/wire/icmp-header.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { ipOptions } from '#lib/wire/ipv4-option-table.ts';
import type { Header } from '#lib/wire/layout.ts';
import type { OptionRow } from '#lib/wire/options.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { tcpOptions } from '#lib/wire/tcp-options.ts';
import { UDP } from '#lib/wire/udp.ts';
import type { Topic } from './topics.ts';

export const HEADERS: { readonly [T in Topic]: readonly Header[] } = {
	ipv4: [IPV4],
	icmp: [ICMP, ECHO, FRAGMENTATION_NEEDED, REDIRECT, PARAMETER_PROBLEM],
	udp: [UDP],
	tcp: [TCP],
	pop3: []
};

export const OPTIONS: { readonly [T in Topic]?: ReadonlyMap<number, OptionRow> } = {
	ipv4: ipOptions,
	tcp: tcpOptions
};
