/**
 * A datagram that nobody sent, as fields: addresses, ports, numbers, flags and text of a TCP segment, or all of its octets in
 * hexadecimal. Law: the octets are the truth; the fields are read from them and write them anew.
 */
import type { Scene } from '#lib/levels/scene.ts';
import type { FaultSpec } from '#lib/sim/faults/spec.ts';
import { formatAddress, isAddress, parseAddress } from '#lib/wire/address.ts';
import { encodeIpv4, parseIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, FIN, parseTcp, PSH, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { fromLatin1, latin1 } from '#lib/wire/text.ts';
import * as words from '#words/yard-fault.ts';
import { choice, many, number, line, wrong, type Field, type Section } from './fields.ts';

interface Forged {
	readonly src: string;
	readonly dst: string;
	readonly segment: TcpSegment;
}

const BITS = [
	['SYN', SYN],
	['ACK', ACK],
	['PSH', PSH],
	['FIN', FIN],
	['RST', RST]
] as const;

function encode({ src, dst, segment }: Forged): string {
	const [from, to] = [parseAddress(src), parseAddress(dst)];
	return latin1(encodeIpv4({ src: from, dst: to, protocol: TCP_PROTOCOL }, encodeTcp(segment, from, to)));
}

function decode(octets: string): Forged | null {
	const ip = parseIpv4(fromLatin1(octets));
	if (!ip.ok || ip.packet.protocol !== TCP_PROTOCOL) return null;
	const { src, dst, payload } = ip.packet;
	const tcp = parseTcp(payload, src, dst);
	return tcp.ok ? { src: formatAddress(src), dst: formatAddress(dst), segment: tcp.packet } : null;
}

/** What is forged until somebody says otherwise: a reset from the server to whom the fault's datagrams are on their way. */
export function freshForgery({ scenario, terminal }: Scene): string {
	const server = scenario.hosts.find(({ pop3 }) => pop3) ?? scenario.hosts[0];
	const client = scenario.hosts.find(({ id }) => id === terminal) ?? scenario.hosts[0];
	const address = (text: string | undefined) => (text !== undefined && isAddress(text) ? text : '192.0.2.1');
	return encode({
		src: address(server?.address),
		dst: address(client?.address),
		segment: {
			srcPort: server?.pop3?.port ?? 110,
			dstPort: client?.stack?.firstPort ?? 49_152,
			seq: server?.stack?.isn ?? 5_000,
			ack: 0,
			flags: RST,
			window: 0,
			urgent: 0,
			options: [],
			payload: new Uint8Array(0)
		}
	});
}

const pairs = (octets: string): string =>
	Array.from(octets, (octet) => octet.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');

const MOST = 1_500;

export function forgeSections(
	fault: Extract<FaultSpec, { kind: 'forge' }>,
	put: (scene: Scene, change: { readonly [key: string]: unknown }) => Scene
): readonly Section[] {
	const forged = decode(fault.octets);
	const raw: readonly Field[] = [
		choice({
			id: 'checksums',
			label: words.checksums,
			choices: [
				{ value: 'fixed', label: words.computedAnew },
				{ value: 'kept', label: words.leftAsTheyAre }
			],
			now: fault.checksums,
			put: (to, checksums) => put(to, { checksums })
		}),
		line({
			id: 'octets',
			label: words.allOctets,
			long: true,
			range: words.pairs(MOST),
			most: MOST * 4,
			now: pairs(fault.octets),
			put(to, text) {
				const digits = text.replace(/\s+/g, '');
				if (!/^([0-9a-f]{2})+$/i.test(digits) || digits.length > MOST * 2) return wrong(words.pairsOnly);
				const octets = digits.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
				return put(to, { octets });
			}
		})
	];
	if (!forged) return [{ title: words.forgedDatagram, fields: raw }];
	const { segment } = forged;
	const set = (to: Scene, change: Partial<Forged>): Scene =>
		put(to, { octets: encode({ ...forged, ...change }) });
	const tcp = (to: Scene, change: Partial<TcpSegment>): Scene =>
		set(to, { segment: { ...segment, ...change } });
	const address = (key: 'src' | 'dst', label: string): Field =>
		line({
			id: key,
			label,
			now: forged[key],
			put: (to, text) => (isAddress(text.trim()) ? set(to, { [key]: text.trim() }) : wrong(words.fourNumbers))
		});
	const value = (key: 'srcPort' | 'dstPort' | 'seq' | 'ack' | 'window', label: string, high: number): Field =>
		number({
			id: key,
			label,
			range: [0, high],
			now: segment[key],
			put: (to, n) => tcp(to, { [key]: n ?? 0 })
		});
	return [
		{
			title: words.forgedSegment,
			fields: [
				address('src', words.saysFrom),
				address('dst', words.sentFor),
				value('srcPort', words.sourcePort, 65_535),
				value('dstPort', words.destinationPort, 65_535),
				value('seq', words.sequence, 0xffff_ffff),
				value('ack', words.acknowledgement, 0xffff_ffff),
				many({
					id: 'bits',
					label: words.flags,
					choices: BITS.map(([name]) => ({ value: name, label: name })),
					now: BITS.flatMap(([name, bit]) => (segment.flags & bit ? [name] : [])),
					put: (to, names) =>
						tcp(to, { flags: BITS.reduce((sum, [name, bit]) => sum | (names.includes(name) ? bit : 0), 0) })
				}),
				value('window', words.window, 65_535),
				line({
					id: 'text',
					label: words.text,
					range: words.lineEnd,
					now: latin1(segment.payload).replaceAll('\r', '\\r').replaceAll('\n', '\\n'),
					put(to, text) {
						const octets = text.replaceAll('\\r', '\r').replaceAll('\\n', '\n');
						return /^[\0-\xff]*$/.test(octets)
							? tcp(to, { payload: fromLatin1(octets) })
							: wrong(words.noneAboveFF);
					}
				})
			]
		},
		{ title: words.forgedDatagram, folded: true, fields: raw }
	];
}
