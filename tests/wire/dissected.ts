// A datagram to take apart, and the faults found in one.
import { expect } from 'vitest';
import { dissect } from '#lib/wire/dissect.ts';
import { encodeIpv4, type Ipv4Fields } from '#lib/wire/ipv4.ts';
import { problems } from '#lib/wire/nodes.ts';
import { encodeTcp, type TcpSegment } from '#lib/wire/tcp.ts';
import { fromLatin1 } from '#lib/wire/text.ts';
import { coverFault } from './support.ts';

export const src = 0xc000020a;
export const dst = 0xc6336419;
const user: TcpSegment = {
	srcPort: 49152,
	dstPort: 110,
	seq: 1,
	ack: 2,
	flags: 0x18,
	window: 64240,
	urgent: 0,
	options: [],
	payload: fromLatin1('USER ada\r\n')
};

export function tcp(change: Partial<TcpSegment> = {}, ip: Partial<Ipv4Fields> = {}): Uint8Array {
	return encodeIpv4({ src, dst, protocol: 6, id: 1, ...ip }, encodeTcp({ ...user, ...change }, src, dst));
}

/** `name: problem` for all that is wrong, after the tree has been found to cover the octets. */
export function faults(bytes: Uint8Array): string[] {
	const tree = dissect(bytes);
	expect(coverFault(tree, bytes.length * 8)).toBe('');
	return problems(tree).map((node) => `${node.name}: ${node.problem}`);
}
