/** What is known of an octet of a followed connection, and the connection as text and as a table. */

export const ends = (from: string, to: string): string => `${from} to ${to}`;

/** Of what an octet is part. */
export const kinds = {
	command: 'command',
	'line-end': 'line end',
	status: 'status',
	listing: 'listing',
	letter: 'letter',
	'stuffed-dot': 'stuffed dot',
	'final-dot': 'final dot',
	'added-line-end': 'added line end',
	unknown: 'unknown'
};
export const columns = ['From', 'Octet', 'Octets', 'Packet', 'Sequence', 'Kind', 'Command', 'What', 'Text'];

export const space = 'space';
export const octet = 'octet';
export const unseen = 'No packet with this octet was seen.';
export const octetIs = (name: string, hex: string, meaning: string): string =>
	`${name}, hex ${hex}: ${meaning}`;
export const ofStream = 'octet of the stream';
export const theGreeting = 'the greeting';
export const replyTo = (command: string): string => `the reply to ${command}`;
export const aReply = 'a reply';
export const unread = 'no server has read this line yet';
export const theCommand = (command: string): string => `the command ${command}`;
export const endsLine = 'ends the line';
export const firstLine = (reply: string): string => `first line of ${reply}`;
export const octetOfLine = (nth: number, reply: string): string => `octet ${nth} of a line of ${reply}`;
export const octetOfLetter = (nth: number, letter: number, name: string): string =>
	`octet ${nth} of letter ${letter} (${name}), as it is stored`;
export const ofLetter = 'octet of a letter';
export const stuffed =
	'stuffed dot, added by the server before a line that begins with a dot (RFC 1939 §3); stored nowhere';
export const finalDot = (reply: string): string =>
	`the line with a dot alone that ends ${reply} (RFC 1939 §3); stored nowhere`;
export const addedEnd = 'added by the server: the letter is stored without the end of its last line';
export const nothingSays = 'nothing in the run says what it is';

export const gap = (octet: number): string => `Octet ${octet} of the stream: a gap.`;
export const octetOfStream = (nth: number): string => `octet ${nth} of the stream`;
export const octetOfText = (nth: number, packet: number): string =>
	`octet ${nth} of the text of packet ${packet}`;
export const sequence = (n: number): string => `sequence number ${n}`;
export const byteOfPacket = (nth: number): string => `byte ${nth} of the packet`;
export const neverCame = 'it never came through';
export const alsoIn = (packets: readonly number[]): string => `also in packet ${packets.join(', ')}`;
export const askedForBy = (packet: number): string => `asked for by packet ${packet}`;
export const goesBackTo = (event: number): string => `goes back to event ${event}`;
