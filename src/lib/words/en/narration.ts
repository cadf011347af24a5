/** What a listener hears of a run. */

export const sequence = (seq: number, ack: number): string => `Sequence ${seq}, ack ${ack}.`;
export const droppedAt = (packet: number, host: string, why: string): string =>
	`Packet ${packet} dropped at ${host}: ${why}.`;
export const lost = (packet: number, taken: boolean, where: string): string =>
	`Packet ${packet} ${taken ? 'taken away' : 'lost'} ${where}.`;
export const changed = (packet: number, what: string, where: string): string =>
	`Packet ${packet} ${what} ${where}.`;
/** What was done to a packet by hand. */
export const changes: { readonly [what: string]: string } = {
	edit: 'edited',
	corrupt: 'damaged',
	split: 'split',
	coalesce: 'joined with the next',
	hold: 'held',
	release: 'let go',
	delay: 'delayed',
	mark: 'marked: congestion'
};
export const between = (from: string, to: string): string => `between ${from} and ${to}`;
export const onLink = (link: string): string => `on ${link}`;
export const segment = (place: number, count: number): string => `Segment ${place} of ${count}.`;
export const reassembled = (host: string, packets: readonly number[]): string =>
	`${host} has put ${packets.length} pieces together: packets ${packets.join(', ')}.`;
export const pathMtu = (host: string, mtu: number, to: string): string =>
	`${host} has learnt that at most ${mtu} bytes reach ${to} in one piece.`;
export const urgent = (host: string, detail: string): string => `${host} has urgent text: ${detail}.`;
export const toldByIcmp = (host: string, detail: string): string => `${host} is told by ICMP: ${detail}.`;
export const discarded = (host: string, why: string): string => `${host} takes nothing of it: ${why}.`;
export const mapped = (host: string, inside: string, outside: string): string =>
	`${host} shows ${inside} outside as ${outside}.`;
export const moved = (host: string, from: string, to: string): string =>
	`${host} moved from ${from} to ${to}.`;
export const serverMoved = (from: string, to: string): string => `Server moved from ${from} to ${to}.`;
export const connection = (error: string): string =>
	`Connection ${error === 'timeout' ? 'timed out' : error}.`;
export const again = (host: string, sequence: number): string => `${host} sends number ${sequence} again.`;
/** A reply of `lines` lines after the first. */
export const says = (host: string | null, ok: boolean, text: string, lines: number): string => {
	const more = lines > 0 ? `, and ${lines} ${lines === 1 ? 'line' : 'lines'}` : '';
	return `${host ?? 'The server'} says: ${ok ? 'plus OK' : 'minus ERR'} ${text}${more}.`;
};
export const lock = (user: string, held: boolean): string =>
	`${user}’s box is ${held ? 'open, and locked for this session' : 'unlocked'}.`;
export const mark = (letter: number, marked: boolean): string =>
	`Letter ${letter} is ${marked ? 'marked as deleted' : 'no longer marked'}.`;
export const sync = (host: string, account: string): string =>
	`The mail program at ${host} fetches the mail of ${account}.`;
export const expunged = (user: string): string => `One letter is gone from ${user}’s box.`;
export const handshake = (packets: number): string => `Handshake done in ${packets} packets.`;

export const goalMet = (nth: number, of: number, goal: string): string =>
	`Goal ${nth} of ${of} met: ${goal}.`;
export const goalBroken = (nth: number, of: number, goal: string): string =>
	`Goal ${nth} of ${of} broken: ${goal}.`;
export const asSaid = (answer: string): string => `As you said: ${answer}.`;
export const otherwise = (given: string, right: string): string =>
	`You said ${given}. On the wire: ${right}.`;

export const place = (cursor: number, total: number): string => `Event ${cursor} of ${total}.`;
export const last = (packet: string): string => `Last: ${packet}.`;
export const nothingYet = 'Nothing on the wire yet.';
export const moreBefore = (n: number): string => `${n} more before that.`;
