/** The pages of the reference: topics, tables, and what the search of them finds. */

export const reference = 'Reference';
export const pageTitle = (topic: string): string => `${topic} · Reference · Interactive POP3`;
export const columns = {
	command: 'Command',
	does: 'What it does',
	goodIn: 'Good in',
	answeredBy: 'Answered by',
	source: 'Source',
	field: 'Field',
	bits: 'Bits',
	why: 'Why it is there',
	wireshark: 'In Wireshark',
	part: 'Part',
	name: 'Name',
	on: 'On',
	goesTo: 'Goes to',
	andDoes: 'And does'
} as const;

export const droppedBy = (rfc: string): string => `, dropped by ${rfc}`;
export const optional = ', optional';
export const linesOrOne = 'lines up to a dot; one line with an argument';
export const lines = 'lines up to a dot';
export const oneLine = 'one line';
export const tryIt = 'Try it';
export const tryIn = (keyword: string, state: string): string => `try ${keyword} in ${state}`;
export const tryNamed = (keyword: string): string => `Try ${keyword}`;
export const close = 'Close';
export const oneMoment = 'One moment …';
export const notFetched = 'It could not be fetched. Try once more.';

export const coverage = (named: number, more: number, held: number, out: number): string =>
	`The tests of packetdrill, the Linux kernel, smoltcp and gVisor name ${named} behaviours or groups of them, and the RFCs ask for ${more} more. ${held} are held by tests here, ${out} are left out, each with its reason.`;
const CATALOGUES: Readonly<Record<string, string>> = {
	packetdrill: 'packetdrill',
	linux: 'Linux',
	smoltcp: 'smoltcp',
	packetimpact: 'gVisor’s packetimpact'
};
/** Whose tests name a behaviour. */
export const testedBy = (catalogues: readonly string[]): string =>
	catalogues.length > 0
		? `In ${catalogues.map((one) => CATALOGUES[one] ?? one).join(', ')}`
		: 'In none of them; the RFC asks for it';
export const done = 'Done';
export const leftOut = 'Left out';
export const tests = (n: number): string => (n === 1 ? '1 test' : `${n} tests`);

/** After what a field is for. */
export const filled = ' Filled in by the sender’s stack.';
export const drawn = (header: string): string =>
	`${header} header, drawn; the table below says the same in words`;
export const fieldsOf = (header: string): string => `Fields of the ${header} header`;
export const fieldsOfOption = (option: string): string => `Fields of the option ${option}`;
export const optionsBegin = 'Every option longer than one octet begins with these.';
export const beginWith = 'What options begin with';
/** Before its name as a filter. */
export const optionKind = (kind: number, rfc: string): string => `Kind ${kind}, ${rfc}.`;

export const lineShown = 'A line as the dissection shows it, octet for octet.';
export const lineParts = 'The parts of POP3 lines';
export const movesOut = (state: string): string => `What moves a connection out of ${state}`;
export const nothingElse = 'nothing else';
/** Around `-ERR`. */
export const refusals = [
	'A server in UPDATE takes no command: it deletes what is marked, answers QUIT and closes. Whatever is refused is answered by',
	'and changes nothing.'
] as const;
export const matrix = 'Every command in every state: good, refused, or retired';
export const answers = { good: 'good', refused: 'refused', retired: 'retired' } as const;

export const headings = {
	header: 'The header',
	options: 'Options',
	states: 'States',
	coverage: 'What is done, and what is left out',
	commands: 'Commands',
	extensions: 'Extensions',
	retired: 'Retired',
	matrix: 'Commands and states',
	parts: 'The parts of a line'
} as const;
export const changeHeader = 'Change a header';
export const moveToken = 'Move a token over the figure';
export const everyCommand = 'Every command of RFC 1939, the states it is good in, and what answers it';
/** Before `CAPA`. */
export const extensionsNote = 'What came later. A server offers them or not, and says so in its answer to';
export const extensionCommands = 'The commands of the extensions';
export const retiredCommands = 'Commands that are no longer part of POP3';
