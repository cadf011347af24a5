/** The page of a capture from elsewhere: its door, its facts, what the judges find. */

export const open = 'Open a capture';
export const map = 'Map';
export const reading = (file: string): string => `Reading ${file}`;
export const readSoFar = (done: number, size: number, packets: number): string =>
	`${octetCount(done)} of ${octetCount(size)}, ${packetCount(packets)} so far`;
export const layingOut = (file: string): string => `Laying out ${file}`;
/** A share from 0 to 1, told in steps of 5 %. */
export const laidOut = (share: number, packets: number): string =>
	`Read. Working out what the ${packetCount(packets)} say to each other: ${Math.floor(share * 20) * 5} %`;
export const cancel = 'Cancel';
export const drop = 'Drop a capture here, or choose one.';
export const file = 'Capture file';
export const formats =
	'pcap or pcapng, up to 100 MB, as Wireshark, tcpdump and this game’s Export write them. The file stays on this device.';
export const whatYouGet = 'What you get';
export const offers = [
	'Its packets on the stage, in the list, on the ladder and down to each bit, played or stepped through.',
	'Both ends of every TCP connection walked through the states of RFC 9293.',
	'Every POP3 session is held against RFC 1939. Where one departs from it, the clause and the packet are named.'
] as const;

export const capture = 'Capture';
export const home = '110, to the map';
export const openAnother = 'Open another';
export const settings = 'Settings';
export const tabs = { do: 'Judgement', see: 'Packets' } as const;

export const notReadToEnd = 'Not read to the end.';
export const readBefore = 'What came before is here.';
export const packets = 'Packets';
export const onTheLink = 'On the link';
export const duration = 'Duration';
export const fileSize = 'File';
export const began = 'Began (UTC)';
export const links = 'Links';
export const notShown = (others: readonly (readonly [name: string, packets: number])[]): string =>
	`Not IPv4, so not shown: ${others.map(([name, n]) => `${number(n)} ${name}`).join(', ')}.`;
export const shown = (packets: number): string => `${number(packets)} are.`;
export const cut = (packets: number): string => `${packetCount(packets)} kept only in part.`;
export const backwards = (packets: number): string =>
	`${packetCount(packets)} stamped earlier than the one before, shown at its time.`;

export const judgement = 'Judgement';
export const packet = (n: number): string => `Packet ${n}`;
export const conversations = 'Conversations';
export const noneOverTcp = 'None over TCP.';
export const to = 'to';
export const reached = (opener: string, other: string): string => `Reached ${opener} and ${other}.`;
export const deviates = 'Deviates.';
export const unusual = 'Allowed, but unusual.';
export const moreConversations = (n: number): string => `And ${number(n)} more.`;
export const remarks = 'Remarks of the analysis';
export const noRemarks = 'Nothing was lost, repeated or out of order.';
export const morePackets = (n: number): string => `and ${number(n)} more`;

export const conforms = (rfc: string): string => `Conforms to ${rfc} as far as this capture shows.`;
export const nothingToJudge = 'No TCP conversation to judge.';
export const sessions = (n: number): string => count(n, 'POP3 session');
export const tcpConversations = (n: number): string => count(n, 'TCP conversation');
export const deviating = (n: number): string =>
	n === 1 ? 'One conversation deviates.' : `${number(n)} conversations deviate.`;

export const number = (n: number): string => n.toLocaleString('en-GB');
export const packetCount = (n: number): string => count(n, 'packet');
export function octetCount(n: number): string {
	if (n < 10_000) return count(n, 'octet');
	return n < 10_000_000 ? `${number(Math.round(n / 1000))} kB` : `${number(Math.round(n / 1_000_000))} MB`;
}
/** `0.004 s`, `12.5 s`, `3 min 20 s`. */
export function time(micros: number): string {
	const seconds = micros / 1_000_000;
	if (seconds < 10) return `${seconds.toFixed(3)} s`;
	if (seconds < 120) return `${seconds.toFixed(1)} s`;
	const minutes = Math.floor(seconds / 60);
	return minutes < 120
		? `${minutes} min ${Math.floor(seconds % 60)} s`
		: `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const count = (n: number, what: string): string => `${number(n)} ${what}${n === 1 ? '' : 's'}`;
export const pageTitle = 'Open a capture · Interactive POP3';
export const description =
	'Play a pcap or pcapng file down to each bit, and see where its TCP and POP3 depart from RFC 9293 and RFC 1939.';
