/**
 * The tolerant reading of a datagram, for the eye: `dissect` shows whatever octets it is given, in full and without
 * ever throwing. Its leaves cover every bit exactly once; what is wrong is said in words at the node where it is. It
 * walks the header tables and one list of bindings: protocol number → header, port → payload.
 */
import { dissectIcmp, dissectTcp, dissectUdp, route, trailing, type Carried } from './dissect-transport.ts';
import { ICMP_PROTOCOL, IPV4, TCP_PROTOCOL, UDP_PROTOCOL } from './ipv4-header.ts';
import { IP_OPTION, ipOptions } from './ipv4-option-table.ts';
import { ipv4Checksum } from './ipv4.ts';
import type { Node } from './node.ts';
import { dataNode, headerNodes, leaf, parent, type About } from './nodes.ts';
import { optionNodes, type OptionFamily } from './option-nodes.ts';
import { checksumProblem, lengthProblem } from './parsed.ts';
import { dissectPop3, POP3_PORT } from './pop3-lines.ts';
import { count, octets } from './text.ts';

type Transport = (bytes: Uint8Array, from: number, to: number, carried: Carried) => Node[];
type Payload = (bytes: Uint8Array, from: number, to: number, fromServer: boolean) => Node;

/** What is inside what: the one list to extend for a new protocol. */
const bindings: { protocol: ReadonlyMap<number, Transport>; tcpPort: ReadonlyMap<number, Payload> } = {
	protocol: new Map([
		[ICMP_PROTOCOL, dissectIcmp],
		[TCP_PROTOCOL, dissectTcp],
		[UDP_PROTOCOL, dissectUdp]
	]),
	tcpPort: new Map([[POP3_PORT, dissectPop3]])
};

/** Datagrams quoted in one another beyond this depth are shown as plain data. */
const MAX_DEPTH = 4;

const FRAME: About = {
	name: 'frame',
	label: 'Packet',
	rfc: 'RFC 791 §1.4',
	note: 'Everything that travels over the link in one go.'
};
const IP: About = {
	name: 'ip',
	label: 'Internet Protocol',
	rfc: 'RFC 791 §3.1',
	note: 'The envelope: who sends the packet, who shall get it, and what is inside.'
};
const IP_OPTIONS: About = {
	name: 'ip.options',
	label: 'Options',
	rfc: 'RFC 791 §3.1',
	note: 'Rarely used extras; the header grows to hold them.'
};
const FRAGMENT: About = {
	name: 'data.data',
	label: 'Fragment data',
	rfc: 'RFC 791 §3.2',
	note: 'A piece of a bigger packet; it can be read when all pieces are together.'
};
const family: OptionFamily = {
	rows: ipOptions,
	start: IP_OPTION,
	unknown: {
		name: 'ip.opt.unknown',
		label: 'Unknown option',
		rfc: 'RFC 791 §3.1',
		note: 'An option that is not known here; hosts step over it.'
	},
	unknownData: {
		name: 'ip.opt.data',
		label: 'Option data',
		rfc: 'RFC 791 §3.1',
		note: 'What the option says, for those who know it.'
	},
	padding: {
		name: 'ip.opt.padding',
		label: 'Padding',
		rfc: 'RFC 791 §3.1',
		note: 'Zeros that fill the header up to whole steps of four octets.'
	}
};

function tcpPayload(bytes: Uint8Array, from: number, to: number, src: number, dst: number): Node[] {
	const client = bindings.tcpPort.get(dst);
	if (client) return [client(bytes, from, to, false)];
	const server = bindings.tcpPort.get(src);
	return [server ? server(bytes, from, to, true) : dataNode(bytes, from, to)];
}

/** The lengths of the datagram at `from`, as far as they can be believed, with what is wrong about them. */
function measure(bytes: Uint8Array, from: number, to: number, quoted: boolean) {
	const problems: Record<string, string> = {};
	const here = to - from;
	const version = IPV4.get.version(bytes, from);
	if (version !== 4) problems.version = `version is ${version}, should be 4`;
	const headerSays = IPV4.get.ihl(bytes, from) * 4;
	if (headerSays < IPV4.octets || (headerSays > here && here >= IPV4.octets && !quoted)) {
		problems.ihl = lengthProblem('header length', headerSays, IPV4.octets, here);
	}
	const headerEnd = from + Math.min(here, Math.max(headerSays, IPV4.octets));
	let end = to;
	let whole = false;
	if (here >= IPV4.octets) {
		const says = IPV4.get.totalLength(bytes, from);
		const least = headerEnd - from;
		if (says < least || (says > here && !quoted)) {
			problems.totalLength = lengthProblem('total length', says, least, here);
		}
		end = Math.max(headerEnd, Math.min(to, from + says));
		whole = says >= least && says <= here;
		if (headerSays >= IPV4.octets && headerSays <= here) {
			const is = IPV4.get.checksum(bytes, from);
			const should = ipv4Checksum(bytes, from, headerEnd);
			if (is !== should) problems.checksum = checksumProblem(is, should);
		}
	}
	return { headerEnd, end, whole, problems };
}

function dissectIpv4(bytes: Uint8Array, from: number, to: number, depth: number): Node[] {
	const quoted = depth > 0;
	const { headerEnd, end, whole, problems } = measure(bytes, from, to, quoted);
	const complete = to - from >= IPV4.octets;
	const children = headerNodes(IPV4, bytes, from, headerEnd, problems);
	if (headerEnd > from + IPV4.octets) {
		const list = optionNodes(family, bytes, from + IPV4.octets, headerEnd);
		children.push(parent(IP_OPTIONS, list.map((o) => o.label).join(', '), list));
	}
	const src = IPV4.get.src(bytes, from);
	const dst = IPV4.get.dst(bytes, from);
	const cut = `an IPv4 header takes 20 octets, ${to - from} are here`;
	const ip = complete
		? parent(IP, route(src, dst), children)
		: parent(IP, 'cut off', children, quoted ? undefined : cut);
	const nodes = [ip];
	if (headerEnd < end) {
		const offset = IPV4.get.fragmentOffset(bytes, from);
		const transport = bindings.protocol.get(IPV4.get.protocol(bytes, from));
		if (offset > 0) {
			nodes.push(leaf(FRAGMENT, octets(bytes, headerEnd, end), headerEnd, end));
		} else if (transport) {
			const carried: Carried = {
				src,
				dst,
				whole: whole && IPV4.get.mf(bytes, from) === 0,
				quoted,
				payload: tcpPayload,
				quote: (b, f, t) => (depth < MAX_DEPTH ? dissectIpv4(b, f, t, depth + 1) : [dataNode(b, f, t)])
			};
			nodes.push(...transport(bytes, headerEnd, end, carried));
		} else {
			nodes.push(dataNode(bytes, headerEnd, end));
		}
	}
	if (end < to) nodes.push(trailing(bytes, end, to));
	return nodes;
}

/**
 * The octets of one IPv4 datagram as a tree. Never throws. The root, `frame`, covers all of them; below it stand the
 * headers side by side (`ip`, `tcp`, `pop`), as Wireshark shows them, and a datagram quoted by ICMP stands inside
 * `icmp`. Values are as carried on the wire: `ip.hdr_len` counts words, `ip.frag_offset` units of eight octets.
 */
export function dissect(bytes: Uint8Array): Node {
	if (bytes.length === 0) return leaf(FRAME, 'nothing', 0, 0, 'there is not a single octet here');
	return parent(FRAME, count(bytes.length, 'octet'), dissectIpv4(bytes, 0, bytes.length, 0));
}
