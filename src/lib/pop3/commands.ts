/**
 * THE command table of POP3. The grammar, the client's notion of a multi-line reply, completion, chips and
 * the reference page all read it; what a command does is the server chart's `on`, and a test holds the two
 * together. Imports nothing, so that the page can use it without the charts.
 */

/** The states of RFC 1939 §3 in which a client may give commands. */
export type CommandState = 'AUTHORIZATION' | 'TRANSACTION';

/**
 * `name` and `digest` are words, `message` and `lines` decimal numbers, `rest` the remainder of the line with
 * its spaces (RFC 1939 §7, PASS); `mechanism` and `response` as in RFC 5034 §4, `tag` a language's (RFC 6856 §3).
 */
export type ArgumentKind =
	'name' | 'digest' | 'message' | 'lines' | 'rest' | 'mechanism' | 'response' | 'tag';

export interface ArgumentSpec {
	readonly kind: ArgumentKind;
	/** As the RFC writes it. */
	readonly label: string;
	readonly optional?: true;
}

export interface CommandSpec {
	readonly keyword: string;
	readonly args: readonly ArgumentSpec[];
	readonly states: readonly CommandState[];
	/** Whether `+OK` is followed by lines up to a lone dot. `-ERR` never is. */
	readonly reply: 'single' | 'multi';
	/** Where the optional argument changes that. */
	readonly replyWithArgument?: 'single';
	/** RFC 1939 leaves it to the server (§7). */
	readonly optional?: true;
	/** The RFC that dropped it. */
	readonly retired?: string;
	readonly rfc: string;
	/** One plain sentence. */
	readonly means: string;
	readonly example: string;
}

const message = { kind: 'message', label: 'msg' } as const;
const maybeMessage = { kind: 'message', label: 'msg', optional: true } as const;

/** The commands of RFC 1939. */
export const commands = [
	{
		keyword: 'USER',
		args: [{ kind: 'name', label: 'name' }],
		states: ['AUTHORIZATION'],
		reply: 'single',
		optional: true,
		rfc: 'RFC 1939 §7',
		means: 'Says whose maildrop you want to open.',
		example: 'USER ada'
	},
	{
		keyword: 'PASS',
		args: [{ kind: 'rest', label: 'string' }],
		states: ['AUTHORIZATION'],
		reply: 'single',
		optional: true,
		rfc: 'RFC 1939 §7',
		means: 'Gives the password for the name just given, and opens and locks the maildrop if it is right.',
		example: 'PASS lovelace'
	},
	{
		keyword: 'APOP',
		args: [
			{ kind: 'name', label: 'name' },
			{ kind: 'digest', label: 'digest' }
		],
		states: ['AUTHORIZATION'],
		reply: 'single',
		optional: true,
		rfc: 'RFC 1939 §7',
		means:
			'Logs in without sending the password: it proves that you know it by a digest of the greeting and the password.',
		example: 'APOP mrose c4c9334bac560ecc979e58001b3e22fb'
	},
	{
		keyword: 'STAT',
		args: [],
		states: ['TRANSACTION'],
		reply: 'single',
		rfc: 'RFC 1939 §5',
		means: 'Tells how many messages there are and how many octets they make together.',
		example: 'STAT'
	},
	{
		keyword: 'LIST',
		args: [maybeMessage],
		states: ['TRANSACTION'],
		reply: 'multi',
		replyWithArgument: 'single',
		rfc: 'RFC 1939 §5',
		means: 'Tells the size in octets of every message, or of one.',
		example: 'LIST 2'
	},
	{
		keyword: 'RETR',
		args: [message],
		states: ['TRANSACTION'],
		reply: 'multi',
		rfc: 'RFC 1939 §5',
		means: 'Sends a whole message.',
		example: 'RETR 1'
	},
	{
		keyword: 'DELE',
		args: [message],
		states: ['TRANSACTION'],
		reply: 'single',
		rfc: 'RFC 1939 §5',
		means: 'Marks a message to be deleted when you leave with QUIT.',
		example: 'DELE 1'
	},
	{
		keyword: 'NOOP',
		args: [],
		states: ['TRANSACTION'],
		reply: 'single',
		rfc: 'RFC 1939 §5',
		means: 'Does nothing, and shows that both ends are still there.',
		example: 'NOOP'
	},
	{
		keyword: 'RSET',
		args: [],
		states: ['TRANSACTION'],
		reply: 'single',
		rfc: 'RFC 1939 §5',
		means: 'Takes back every mark that DELE made in this session.',
		example: 'RSET'
	},
	{
		keyword: 'TOP',
		args: [message, { kind: 'lines', label: 'n' }],
		states: ['TRANSACTION'],
		reply: 'multi',
		optional: true,
		rfc: 'RFC 1939 §7',
		means: 'Sends the header of a message and the first lines of its body.',
		example: 'TOP 1 0'
	},
	{
		keyword: 'UIDL',
		args: [maybeMessage],
		states: ['TRANSACTION'],
		reply: 'multi',
		replyWithArgument: 'single',
		optional: true,
		rfc: 'RFC 1939 §7',
		means:
			'Tells the lasting name of every message, or of one; numbers change between sessions, these do not.',
		example: 'UIDL'
	},
	{
		keyword: 'QUIT',
		args: [],
		states: ['AUTHORIZATION', 'TRANSACTION'],
		reply: 'single',
		rfc: 'RFC 1939 §4, §6',
		means: 'Ends the session; after a login the marked messages are deleted now.',
		example: 'QUIT'
	}
] as const satisfies readonly CommandSpec[];

/** What came later: a server offers them or not, and says so in its answer to CAPA. */
export const extensions = [
	{
		keyword: 'CAPA',
		args: [],
		states: ['AUTHORIZATION', 'TRANSACTION'],
		reply: 'multi',
		rfc: 'RFC 2449 §5',
		means: 'Lists what this server can do besides the plain commands.',
		example: 'CAPA'
	},
	{
		keyword: 'AUTH',
		args: [
			{ kind: 'mechanism', label: 'mechanism', optional: true },
			{ kind: 'response', label: 'initial-response', optional: true }
		],
		states: ['AUTHORIZATION'],
		reply: 'multi',
		replyWithArgument: 'single',
		rfc: 'RFC 5034 §4',
		means: 'Logs in by a mechanism of the SASL framework; without one, old servers list theirs.',
		example: 'AUTH PLAIN AGFkYQBsb3ZlbGFjZQ=='
	},
	{
		keyword: 'STLS',
		args: [],
		states: ['AUTHORIZATION'],
		reply: 'single',
		rfc: 'RFC 2595 §4',
		means: 'Asks to seal the channel: all that follows is encrypted.',
		example: 'STLS'
	},
	{
		keyword: 'UTF8',
		args: [],
		states: ['AUTHORIZATION'],
		reply: 'single',
		rfc: 'RFC 6856 §2',
		means: 'Says that this client reads UTF-8 in headers, so that such letters may be sent as they are.',
		example: 'UTF8'
	},
	{
		keyword: 'LANG',
		args: [{ kind: 'tag', label: 'tag', optional: true }],
		states: ['AUTHORIZATION', 'TRANSACTION'],
		reply: 'multi',
		replyWithArgument: 'single',
		rfc: 'RFC 6856 §3',
		means: 'Lists the languages of the server’s answers, or chooses one.',
		example: 'LANG de'
	}
] as const satisfies readonly CommandSpec[];

/** What has been dropped: a server knows these words, and says what became of them. */
export const retired = [
	{
		keyword: 'LAST',
		args: [],
		states: ['TRANSACTION'],
		reply: 'single',
		retired: 'RFC 1725',
		rfc: 'RFC 1460 §5',
		means: 'Told the highest number that was read; UIDL took its place.',
		example: 'LAST'
	},
	{
		keyword: 'RPOP',
		args: [{ kind: 'name', label: 'user' }],
		states: ['AUTHORIZATION'],
		reply: 'single',
		retired: 'RFC 1725',
		rfc: 'RFC 1460 §5',
		means: 'Logged in without a password, by trust in the client’s machine.',
		example: 'RPOP ada'
	},
	{
		keyword: 'XTND',
		args: [{ kind: 'rest', label: 'what' }],
		states: ['TRANSACTION'],
		reply: 'single',
		retired: 'RFC 1725',
		rfc: 'RFC 1082 §2',
		means: 'Read bulletin boards and sent mail; other protocols do that.',
		example: 'XTND XLST Message-ID'
	}
] as const satisfies readonly CommandSpec[];

/** Every word that this program knows. */
export const everyCommand = [...commands, ...extensions, ...retired] as const;

export type Keyword = (typeof everyCommand)[number]['keyword'];

type Row = CommandSpec & { readonly keyword: Keyword };
const ROWS: ReadonlyMap<string, Row> = new Map(everyCommand.map((row): [string, Row] => [row.keyword, row]));

/** The row for a keyword in any case, or undefined. */
export function findCommand(word: string): Row | undefined {
	return ROWS.get(upper(word));
}

/** ASCII letters alone: other octets stay what they are. */
const upper = (word: string) => word.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

/** The keyword of a command line, upper case, and what follows its first space. */
export function splitLine(line: string): { keyword: string; args: string } {
	const space = line.indexOf(' ');
	if (space < 0) return { keyword: upper(line), args: '' };
	return { keyword: upper(line.slice(0, space)), args: line.slice(space + 1) };
}

/** Whether the reply to this line, if it is `+OK`, goes on to a lone dot. An unknown command's does not. */
export function isMultiLine(line: string): boolean {
	const { keyword, args } = splitLine(line);
	const command = findCommand(keyword);
	if (!command) return false;
	return (args.trim() === '' ? command.reply : (command.replyWithArgument ?? command.reply)) === 'multi';
}

/** `TOP msg n`, `LIST [msg]`. */
export function usage(command: CommandSpec): string {
	return [
		command.keyword,
		...command.args.map((argument) => (argument.optional ? `[${argument.label}]` : argument.label))
	].join(' ');
}
