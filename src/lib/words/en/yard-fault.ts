/** The fields of a fault, of a change to octets, and of a forged datagram. */

export const kinds = {
	cut: 'cut',
	loss: 'loss',
	bursts: 'loss in bursts',
	delay: 'delay',
	hold: 'hold, then all at once',
	reorder: 'overtaken',
	duplicate: 'duplicate',
	corrupt: 'flip a bit',
	rate: 'narrow: rate and queue',
	edit: 'edit',
	split: 'split segments',
	coalesce: 'join segments',
	forge: 'forge a packet'
};
export const ends = (hosts: readonly string[]): string => hosts.join(' to ');
export const towards = (host: string): string => `towards ${host}`;
export const start = 'From';
export const end = 'To';
export const bits = (flags: number): string => `bits ${flags}`;
/** Octets at most. */
export const pairs = (most: number): string => `pairs with spaces; ${most} octets at most`;
export const otherLength = (has: number, needs: number): string =>
	`It has ${has} characters and needs ${needs}. With another length every number after it would shift.`;
export const sequence = 'Sequence number';
export const acknowledgement = 'Acknowledgement number';
export const window = 'Window';
export const sourcePort = 'Source port';
export const destinationPort = 'Destination port';
export const whatIsChanged = 'What is changed';
export const textInPayload = 'text in the payload';
export const checksums = 'Checksums';
export const computedAnew = 'computed anew';
export const leftAsTheyWere = 'left as they were';
export const itBecomes = 'It becomes';
export const ofOneLength = 'both of one length';
export const notEmptyLatin = 'Not empty, and no character above U+00FF.';
export const becomes = 'Becomes';
export const leftAsTheyAre = 'left as they are';
export const allOctets = 'All octets, in hex';
export const pairsOnly = 'Pairs of 0 to 9 and a to f, at least one.';
export const forgedDatagram = 'The forged datagram';
export const fourNumbers = 'Four numbers from 0 to 255 with dots between.';
export const forgedSegment = 'The forged segment';
export const saysFrom = 'Says it is from';
export const sentFor = 'For';
export const flags = 'Flags';
export const text = 'Text';
export const lineEnd = '\\r\\n is the end of a line';
export const noneAboveFF = 'No character above U+00FF.';
export const fault = 'Fault';
export const whatHappens = 'What happens';
export const onTheLink = 'On the link';
export const direction = 'Direction';
export const bothWays = 'both ways';
export const toNoMatter = 'To (does not matter)';
export const needsOne = 'it needs one';
export const theEnd = 'the end';
export const whichPackets = 'Which packets';
export const share = 'Share';
export const copyLaterBy = 'The copy later by';
export const bit = 'Bit';
export const laterBy = 'Later by';
export const burstBegins = 'A burst begins';
export const burstEnds = 'A burst ends';
export const lostBetween = 'Lost between bursts';
export const lostIn = 'Lost in a burst';
export const moreByChance = 'By chance up to more';
export const rate = 'Rate';
export const queue = 'Queue';
export const packets = 'packets';
export const noLimit = 'no limit';
export const marksFrom = 'Marks from';
export const waiting = 'waiting';
export const never = 'never';
export const firstPart = 'First part';
export const octets = 'octets';
export const onlyThese = 'Only these';
export const numbers = 'numbers: 1 3 4; empty: all';
export const wholeNumbers = 'Whole numbers from 1 on with spaces between, 100 at most.';
export const protocol = 'Protocol';
export const flagsSet = 'TCP flags set';
export const carriesText = 'Carries text';
export const isFragment = 'Is a fragment';
export const longerThan = 'Longer than';
export const textInIt = 'Text in it';
export const emptyAny = 'empty: any';
export const any = 'any';
