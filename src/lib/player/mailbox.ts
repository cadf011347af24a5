/**
 * A mail program as the log up to the cursor leaves it: the inbox, what is remembered of each letter, and for every sync
 * the POP3 commands that it caused. Law: read from the log alone; a letter is in the inbox from the event that stored it.
 */
import type { Event, EventOf, Micros } from '#lib/sim/event.ts';
import type { Account } from '#lib/sim/scenario.ts';

/** What the account's form shows. */
export interface Choices {
	/** Letters stay on the server after they were fetched. */
	readonly leave: boolean;
	/** So many days; null: for ever. */
	readonly days: number | null;
	/** What was fetched is remembered by unique-id, and not fetched again. */
	readonly remember: boolean;
	readonly headersOnly: boolean;
	/** The password is not sent where the server offers APOP. */
	readonly apop: boolean;
}

/** The account with these choices. They are settings of the policy `leave`, whatever it was before. */
export function withChoices(
	account: Account,
	{ leave, days, remember, headersOnly, apop }: Choices
): Account {
	return {
		...account,
		policy: 'leave',
		settings: {
			...account.settings,
			keepDays: leave ? days : 0,
			remember,
			fetch: headersOnly ? 'header' : 'retr',
			login: apop ? ['apop', 'user'] : ['user']
		}
	};
}

/** What `withChoices` was given; an account that it has not made has the choices of plain "leave on server". */
export function choicesOf({ settings = {} }: Account): Choices {
	const { keepDays = null, remember = true, fetch: how = 'retr', login = ['apop', 'user'] } = settings;
	return {
		leave: keepDays !== 0,
		days: keepDays === 0 ? null : keepDays,
		remember,
		headersOnly: how === 'header',
		apop: login.includes('apop')
	};
}

export interface Command {
	/** As sent; the lines of an AUTH exchange that follow it are in `answers`. */
	readonly line: string;
	readonly answers: readonly string[];
	/** Message number in it; null: it has none. */
	readonly number: number | null;
	/** Log positions of the command and of its reply. */
	readonly sent: number;
	readonly reply: EventOf<'pop3.received'> | null;
}

export interface Sync {
	/** Log position of `mail.sync`. */
	readonly seq: number;
	readonly at: Micros;
	readonly account: string;
	readonly policy: string;
	/** Its connection; null: none was made. */
	readonly session: string | null;
	readonly commands: readonly Command[];
	readonly problems: readonly EventOf<'mail.problem'>[];
	/** Null while it goes on. */
	readonly done: EventOf<'mail.done'> | null;
}

export interface Item {
	/** Log position of `mail.letter`. */
	readonly seq: number;
	readonly at: Micros;
	readonly account: string;
	/** Log position of the sync that brought it. */
	readonly sync: number;
	/** Its message number in that session. */
	readonly number: number;
	readonly uid: string | null;
	/** Not only its beginning. */
	readonly whole: boolean;
	readonly bytes: Uint8Array;
	/** On the server, as this program knows: `marked` goes with QUIT. */
	readonly there: 'there' | 'marked' | 'gone';
}

/** What is remembered of a letter. */
export type Memory = EventOf<'mail.known'>;

export interface Mailbox {
	readonly items: readonly Item[];
	readonly syncs: readonly Sync[];
	/** By account, then in the order in which they became what they are. */
	readonly memory: readonly { readonly account: string; readonly known: readonly Memory[] }[];
}

type Loose<T> = { -readonly [K in keyof T]: T[K] };

export function mailbox(log: readonly Event[], host: string): Mailbox {
	const items: Loose<Item>[] = [];
	const syncs: (Loose<Sync> & { commands: Loose<Command>[]; problems: EventOf<'mail.problem'>[] })[] = [];
	const memory = new Map<string, Map<string, Memory>>();
	for (const event of log) {
		if (event.kind === 'input' && event.input.kind === 'tidy' && event.input.host === host) {
			const kept = items.filter((item, i) => !items.slice(0, i).some((one) => isCopy(one, item)));
			items.splice(0, items.length, ...kept);
			continue;
		}
		if (!('host' in event) || event.host !== host) continue;
		if (event.kind === 'mail.sync') {
			const { seq, at, account, policy } = event;
			syncs.push({ seq, at, account, policy, session: null, commands: [], problems: [], done: null });
			continue;
		}
		const sync = syncs.at(-1);
		if (!sync) continue;
		switch (event.kind) {
			case 'tcp.state':
				if (event.cause === sync.seq) sync.session ??= event.connection;
				break;
			case 'pop3.sent':
				if (event.session === sync.session) addLine(sync.commands, event);
				break;
			case 'pop3.received':
				if (event.session === sync.session && event.keyword !== 'greeting') addReply(sync.commands, event);
				break;
			case 'mail.letter':
				addLetter(items, event, sync);
				break;
			case 'mail.deleted': {
				const same = items.filter((item) => isSame(item, event, sync));
				for (const item of items)
					if (same.includes(item) || isEarlier(item, same, sync)) item.there = 'marked';
				break;
			}
			case 'mail.known': {
				const known = memory.get(sync.account) ?? new Map<string, Memory>();
				memory.set(sync.account, known);
				known.delete(event.uid);
				if (event.standing !== null) known.set(event.uid, event);
				break;
			}
			case 'mail.problem':
				sync.problems.push(event);
				break;
			case 'mail.done':
				sync.done = event;
				for (const item of items)
					if (item.account === sync.account && item.there === 'marked')
						item.there = event.updated ? 'gone' : 'there';
				break;
		}
	}
	return {
		items,
		syncs,
		memory: [...memory].map(([account, known]) => ({ account, known: [...known.values()] }))
	};
}

function addLine(commands: Loose<Command>[], { line, seq }: EventOf<'pop3.sent'>): void {
	const last = commands.at(-1);
	if (last && last.reply === null && /^AUTH /.test(last.line)) {
		last.answers = [...last.answers, line];
		return;
	}
	const number = /^(?:LIST|UIDL|RETR|TOP|DELE) ([0-9]+)/.exec(line)?.[1];
	commands.push({
		line,
		answers: [],
		number: number === undefined ? null : Number(number),
		sent: seq,
		reply: null
	});
}

/** Replies come in the order of the commands (RFC 1939 §3). */
function addReply(commands: Loose<Command>[], reply: EventOf<'pop3.received'>): void {
	const command = commands.find((one) => one.reply === null);
	if (command) command.reply = reply;
}

/** A whole letter takes the place of its beginning. */
function addLetter(items: Loose<Item>[], event: EventOf<'mail.letter'>, { seq, account }: Sync): void {
	const { at, number, uid, whole, bytes } = event;
	const item = { seq: event.seq, at, account, sync: seq, number, uid, whole, bytes, there: 'there' as const };
	const part = items.findIndex(
		(one) => uid !== null && one.uid === uid && one.account === account && !one.whole
	);
	if (part >= 0) items[part] = item;
	else items.push(item);
}

/** The same letter of one account: by unique-id, or where one has none, octet for octet. */
export function isCopy(a: Item, b: Item): boolean {
	if (a.account !== b.account) return false;
	if (a.uid !== null && a.uid === b.uid) return true;
	return a.bytes.length === b.bytes.length && a.bytes.every((octet, i) => octet === b.bytes[i]);
}

/** By unique-id; where there is none, by number in the same session. */
function isSame(item: Item, { uid, number }: EventOf<'mail.deleted'>, sync: Sync): boolean {
	if (item.account !== sync.account) return false;
	return uid === null ? item.sync === sync.seq && item.number === number : item.uid === uid;
}

/** A copy that an earlier sync brought without its name: of the letter that is deleted now, octet for octet. */
function isEarlier(item: Item, same: readonly Item[], { seq }: Sync): boolean {
	if (item.uid !== null || item.sync === seq || item.there !== 'there') return false;
	return same.some((one) => isCopy(one, item));
}

/** The commands of its sync that speak of this letter. */
export function commandsFor({ number, sync }: Item, { syncs }: Mailbox): readonly Command[] {
	return syncs.find(({ seq }) => seq === sync)?.commands.filter((command) => command.number === number) ?? [];
}
