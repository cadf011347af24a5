/** A parcel in words, for ears. */
import * as words from '#words/stage-said.ts';
import type { Parcel, Stage } from './parcel.ts';

/** `data`, `29 bytes`, `+OK`. */
export function pointsOf(parcel: Parcel, stage: Stage, cursor = Infinity): readonly string[] {
	const said = [words.kinds[parcel.kind]];
	if (parcel.piece) said.push(words.fragment(parcel.piece));
	if (parcel.forged) said.push(words.forged);
	if (parcel.octets) said.push(words.bytes(parcel.octets));
	if (parcel.line) said.push(parcel.line);
	if (parcel.again !== null) said.push(words.retransmission(parcel.again));
	const bends = parcel.bends.filter(({ seq }) => seq < cursor);
	for (const what of new Set(bends.map((one) => one.what))) said.push(words.bends[what] ?? what);
	if (stage === 'flying') said.push(words.onItsWay);
	if (stage === 'lost') said.push(parcel.reason === 'taken' ? words.taken : words.lost);
	if (parcel.refused && stage === 'arrived') said.push(words.discarded);
	return said;
}

/** "Packet 4, post to desk: data, 29 bytes, +OK" for ears. */
export const describe = (parcel: Parcel, stage: Stage, cursor = Infinity): string =>
	words.packet(parcel.packet, parcel.from, parcel.to, pointsOf(parcel, stage, cursor));
