/**
 * TCP, UDP and ICMP for the eye: what an IPv4 datagram carries, as nodes that cover octets `[from, to)` exactly. A
 * header that is cut short is shown as far as it goes. Checksums are judged only where the whole of what they cover is
 * there.
 */
import { formatAddress, type Address } from './address.ts';
import { finish, pseudoHeader, sum } from './checksum.ts';
import { ICMP, icmpCodeName, icmpLayout, icmpTypeName, quotesDatagram } from './icmp-header.ts';
import { TCP_PROTOCOL } from './ipv4-header.ts';
import type { Header } from './layout.ts';
import type { Node } from './node.ts';
import { dataNode, headerNodes, leaf, parent, type About, type Problems } from './nodes.ts';
import { optionNodes, type OptionFamily } from './option-nodes.ts';
import { checksumProblem, lengthProblem } from './parsed.ts';
import { showControls, TCP } from './tcp-header.ts';
import { TCP_OPTION, tcpOptions } from './tcp-options.ts';
import { octets } from './text.ts';
import { UDP, udpChecksum } from './udp.ts';

/** What a transport needs to know of the datagram around it. */
export interface Carried {
	readonly src: Address;
	readonly dst: Address;
	/** All the octets that the checksum covers are here. */
	readonly whole: boolean;
	/** The datagram is quoted in an ICMP message: that it is cut short is no fault. */
	readonly quoted: boolean;
	/** The payload of ports `src` and `dst`. */
	payload(bytes: Uint8Array, from: number, to: number, src: number, dst: number): Node[];
	/** A datagram quoted in this one. */
	quote(bytes: Uint8Array, from: number, to: number): Node[];
}

const TCP_ABOUT: About = {
	name: 'tcp',
	label: 'Transmission Control Protocol',
	rfc: 'RFC 9293 §3.1',
	note: 'Makes a reliable stream out of packets that may get lost: it numbers, confirms and repeats.'
};
const TCP_OPTIONS: About = {
	name: 'tcp.options',
	label: 'Options',
	rfc: 'RFC 9293 §3.2',
	note: 'Extras that both sides may agree on; the header grows to hold them.'
};
const family: OptionFamily = {
	rows: tcpOptions,
	start: TCP_OPTION,
	unknown: {
		name: 'tcp.options.unknown',
		label: 'Unknown option',
		rfc: 'RFC 9293 §3.2',
		note: 'An option that is not known here; hosts step over it.'
	},
	unknownData: {
		name: 'tcp.options.unknown.payload',
		label: 'Option data',
		rfc: 'RFC 9293 §3.2',
		note: 'What the option says, for those who know it.'
	},
	padding: {
		name: 'tcp.options.padding',
		label: 'Padding',
		rfc: 'RFC 9293 §3.1',
		note: 'Zeros that fill the header up to whole steps of four octets.'
	}
};
const UDP_ABOUT: About = {
	name: 'udp',
	label: 'User Datagram Protocol',
	rfc: 'RFC 768',
	note: 'Adds doors to the packet and nothing else: no order, no confirmation.'
};
const ICMP_ABOUT: About = {
	name: 'icmp',
	label: 'Internet Control Message Protocol',
	rfc: 'RFC 792',
	note: 'How hosts and routers tell each other that something went wrong, or ask whether someone is there.'
};
const ICMP_DATA: About = {
	name: 'data.data',
	label: 'Data',
	rfc: 'RFC 792',
	note: 'Any octets; whoever answers sends the same ones back.'
};

function short(header: Header, from: number, to: number, quoted: boolean): string | undefined {
	if (quoted || to - from >= header.octets) return undefined;
	return `a ${header.name} header takes ${header.octets} octets, ${to - from} are here`;
}

export function dissectTcp(bytes: Uint8Array, from: number, to: number, carried: Carried): Node[] {
	if (from >= to) return [];
	const problems: Record<string, string> = {};
	let end = Math.min(to, from + TCP.octets);
	if (to - from >= TCP.octets) {
		const says = TCP.get.dataOffset(bytes, from) * 4;
		if (says < TCP.octets || (says > to - from && !carried.quoted)) {
			problems.dataOffset = lengthProblem('data offset', says, TCP.octets, to - from);
		}
		end = Math.min(to, from + Math.max(says, TCP.octets));
		if (carried.whole) {
			const total = sum(bytes, from, to, pseudoHeader(carried.src, carried.dst, TCP_PROTOCOL, to - from));
			const is = TCP.get.checksum(bytes, from);
			if (finish(total) !== 0) problems.checksum = checksumProblem(is, finish(total - is));
		}
	}
	const children = headerNodes(TCP, bytes, from, end, problems);
	const options = from + TCP.octets;
	if (end > options) {
		const list = optionNodes(family, bytes, options, end);
		children.push(parent(TCP_OPTIONS, list.map((o) => o.label).join(', '), list));
	}
	const src = TCP.get.srcPort(bytes, from);
	const dst = TCP.get.dstPort(bytes, from);
	const ports = to - from >= 4 ? `${src} → ${dst}` : 'cut off';
	const controls = to - from >= 14 ? ` ${showControls(TCP_CONTROLS.get(bytes, from))}` : '';
	const tcp = parent(TCP_ABOUT, ports + controls, children, short(TCP, from, to, carried.quoted));
	return end < to ? [tcp, ...carried.payload(bytes, end, to, src, dst)] : [tcp];
}

const TCP_CONTROLS = TCP.run('ae', 'fin');

export function dissectUdp(bytes: Uint8Array, from: number, to: number, carried: Carried): Node[] {
	if (from >= to) return [];
	const problems: Record<string, string> = {};
	const end = Math.min(to, from + UDP.octets);
	let dataEnd = to;
	if (to - from >= UDP.octets) {
		const says = UDP.get.length(bytes, from);
		const wrong = says < UDP.octets || says > to - from;
		if (says < UDP.octets || (wrong && !carried.quoted)) {
			problems.length = lengthProblem('length', says, UDP.octets, to - from);
		}
		if (!wrong) dataEnd = from + says;
		const is = UDP.get.checksum(bytes, from);
		if (carried.whole && !wrong && is !== 0) {
			const should = udpChecksum(bytes, from, dataEnd, carried.src, carried.dst);
			if (is !== should) problems.checksum = checksumProblem(is, should);
		}
	}
	const src = UDP.get.srcPort(bytes, from);
	const dst = UDP.get.dstPort(bytes, from);
	const ports = to - from >= 4 ? `${src} → ${dst}` : 'cut off';
	const children = headerNodes(UDP, bytes, from, end, problems);
	const nodes = [parent(UDP_ABOUT, ports, children, short(UDP, from, to, carried.quoted))];
	if (end < dataEnd) nodes.push(dataNode(bytes, end, dataEnd));
	if (dataEnd < to) nodes.push(trailing(bytes, dataEnd, to));
	return nodes;
}

const TRAILER: About = {
	name: 'trailer',
	label: 'Trailing octets',
	rfc: 'RFC 791 §3.1',
	note: 'Octets after the end that the lengths give; nobody reads them.'
};

/** Octets beyond the length that a header gives. */
export function trailing(bytes: Uint8Array, from: number, to: number): Node {
	return leaf(TRAILER, octets(bytes, from, to), from, to, 'these octets lie beyond the stated length');
}

function icmpProblems(bytes: Uint8Array, from: number, to: number, whole: boolean): Problems {
	if (!whole || to - from < 4) return {};
	const total = sum(bytes, from, to);
	const is = ICMP.get.checksum(bytes, from);
	return finish(total) === 0 ? {} : { checksum: checksumProblem(is, finish(total - is)) };
}

export function dissectIcmp(bytes: Uint8Array, from: number, to: number, carried: Carried): Node[] {
	if (from >= to) return [];
	const type = ICMP.get.type(bytes, from);
	const code = to - from > 1 ? ICMP.get.code(bytes, from) : 0;
	const layout = icmpLayout(type, code);
	const end = Math.min(to, from + layout.octets);
	const children = headerNodes(layout, bytes, from, end, icmpProblems(bytes, from, to, carried.whole));
	if (end < to) {
		if (quotesDatagram(type)) children.push(...carried.quote(bytes, end, to));
		else children.push(leaf(ICMP_DATA, octets(bytes, end, to), end, to));
	}
	const reason = icmpCodeName(type, code);
	const shown = icmpTypeName(type) + (reason && `: ${reason}`);
	return [parent(ICMP_ABOUT, shown, children, short(layout, from, to, carried.quoted))];
}

/** `192.0.2.10 → 198.51.100.25`. */
export function route(src: Address, dst: Address): string {
	return `${formatAddress(src)} → ${formatAddress(dst)}`;
}
