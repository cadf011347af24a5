/** A parcel in words, for ears. */
import type { Kind } from './palette.ts';
import type { Parcel, Stage } from './parcel.ts';

const KIND_WORDS: { readonly [K in Kind]: string } = {
	syn: 'SYN',
	synack: 'SYN, ACK',
	ack: 'ACK',
	data: 'data',
	fin: 'FIN',
	rst: 'RST',
	icmp: 'ICMP',
	ip: 'IP'
};

const BEND_WORDS: { readonly [what: string]: string } = {
	edit: 'edited',
	corrupt: 'a bit flipped',
	split: 'split',
	coalesce: 'joined with the next',
	hold: 'held',
	release: 'released',
	delay: 'delayed',
	mark: 'marked'
};

/** "Packet 4, post to desk: data, 29 bytes, +OK" for ears. */
export function describe(parcel: Parcel, stage: Stage, cursor = Infinity): string {
	const words = [KIND_WORDS[parcel.kind]];
	if (parcel.piece) words.push(`fragment ${parcel.piece.replace('/', ' of ')}`);
	if (parcel.forged) words.push('forged');
	if (parcel.octets) words.push(`${parcel.octets} ${parcel.octets === 1 ? 'byte' : 'bytes'}`);
	if (parcel.line) words.push(parcel.line);
	if (parcel.again !== null) words.push(`retransmission of ${parcel.again}`);
	const bends = parcel.bends.filter(({ seq }) => seq < cursor);
	for (const what of new Set(bends.map((one) => one.what))) words.push(BEND_WORDS[what] ?? what);
	if (stage === 'flying') words.push('on its way');
	if (stage === 'lost') words.push(parcel.reason === 'taken' ? 'taken off the link' : 'lost');
	if (parcel.refused && stage === 'arrived') words.push('discarded on arrival');
	return `Packet ${parcel.packet}, ${parcel.from} to ${parcel.to}: ${words.join(', ')}`;
}
