/**
 * What is held against packets of ours: by tshark, which reads them, and by the kernel, which counts what it had to throw
 * away. And letters, whose digest is known before they travel.
 */
import { createHash } from 'node:crypto';
import { OURS, type Counters, type Lab } from './lab.ts';

const BAD = [
	'ip.checksum.status == "Bad"',
	'tcp.checksum.status == "Bad"',
	'udp.checksum.status == "Bad"',
	'icmp.checksum.status == "Bad"',
	'_ws.malformed',
	'_ws.expert.severity == "Error"'
].join(' || ');

/** What tshark holds against packets of ours: errors of any kind. */
export const complaints = (lab: Lab): string[] => lab.tshark(`ip.src#1 == ${OURS} && (${BAD})`);

/** What only a stack that counts wrongly does, however slow the machine is. */
const ODD = [
	'lost_segment',
	'ack_lost_segment',
	'out_of_order',
	'fast_retransmission',
	'zero_window',
	'reused_ports'
];

/**
 * What nobody does in fair weather. A machine that stands still for a moment may make a timer of ours run out, so a
 * few repeats are let pass.
 */
export function oddities(lab: Lab): string[] {
	const odd = lab.tshark(`ip.src == ${OURS} && (${ODD.map((flag) => `tcp.analysis.${flag}`).join(' || ')})`);
	const repeats = lab.tshark(`ip.src == ${OURS} && tcp.analysis.retransmission`);
	return repeats.length > 3 ? [...odd, ...repeats] : odd;
}

/** Counters of the kernel that say it was sent something broken. */
const BROKEN = [
	'Ip.InHdrErrors',
	'Ip.InAddrErrors',
	'Ip.ReasmFails',
	'Icmp.InCsumErrors',
	'Icmp.InErrors',
	'Tcp.InErrs',
	'Tcp.InCsumErrors',
	'Udp.InCsumErrors',
	'IpExt.InCsumErrors',
	'IpExt.InTruncatedPkts',
	'TcpExt.TCPACKSkippedSeq',
	'TcpExt.PAWSEstab'
];

/** The counters that are not 0 and should be. */
export function broken(counters: Counters): Counters {
	return Object.fromEntries(
		BROKEN.filter((name) => counters[name]).map((name) => [name, counters[name] ?? 0])
	);
}

/** A letter of about so many octets, different for each seed: lines of all lengths, some with dots in front. */
export function letter(octets: number, seed = 1): Uint8Array {
	const lines = ['Subject: a letter', `X-Seed: ${seed}`, ''];
	let state = seed >>> 0 || 1;
	for (let left = octets - 40; left > 0;) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		const dots = state % 7 === 0 ? '.'.repeat(1 + (state % 3)) : '';
		const line = (dots + state.toString(36).repeat(20)).slice(0, Math.min(left, (state >>> 8) % 78));
		lines.push(line);
		left -= line.length + 2;
	}
	return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}

export const sha256 = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex');
