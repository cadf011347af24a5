/** Events of a run as rows that a person can tick. What is not asked for comes as an empty string. */

const at = (before: string, value: string): string => (value ? ` ${before} ${value}` : '');
const somebody = (host: string): string => host || 'Somebody';
const client = (host: string): string => host || 'The client';

export const tcpState = (host: string, to: string): string =>
	`TCP${at('at', host)} reaches ${to || 'another state'}`;
export const tcpError = (host: string, error: string): string =>
	`The connection${at('at', host)} ends: ${error || 'any error'}`;
export const retransmits = (host: string): string => `${somebody(host)} sends a segment again`;
export const pop3State = (side: string, to: string, on: string): string =>
	`The ${side || 'session'} reaches ${to}${at('on', on)}`;
export const command = (keyword: string, args: string): string =>
	`The server reads ${keyword} ${args}`.trim();
/** `ok`: null where it does not matter. */
export const reply = (keyword: string, ok: boolean | null): string =>
	`The server answers ${keyword}${ok === null ? '' : ok ? ' with +OK' : ' with -ERR'}`;
export const sent = (host: string, line: string): string => `${client(host)} sends ${line}`;
export const received = (host: string, indicator: string, keyword: string): string =>
	`${client(host)} reads ${indicator} to ${keyword}`;
export const lock = (user: string, held: boolean): string =>
	`The box of ${user} is ${held ? 'locked' : 'free again'}`;
export const mark = (uid: string, marked: boolean): string =>
	`Letter ${uid} is ${marked ? 'marked as deleted' : 'no longer marked'}`;
export const expunge = (uid: string): string => `Letter ${uid} is gone for good`;
export const sync = (host: string): string => `${host} begins to fetch mail`;
export const letter = (host: string, uid: string): string => `${host} has letter ${uid}`;
export const problem = (what: string): string => `The mail program complains: ${what}`;
/** `fetched`: null where it does not matter. */
export const done = (fetched: string | null): string =>
	`The sync ends${fetched === null ? '' : ` with ${fetched} fetched`}`;
export const dropped = (reason: string, link: string): string =>
	`A packet is lost: ${reason}${at('on', link)}`;
export const leaves = (from: string, to: string): string =>
	`A packet leaves${from && ` ${from}`}${at('for', to)}`;
export const arrives = (host: string): string => `A packet arrives${at('at', host)}`;
export const changed = (what: string): string => `A packet is changed on its way: ${what}`;
export const icmp = (host: string, type: string, code: string): string =>
	`${host} gets ICMP type ${type} code ${code}`;
export const other = (what: string, host: string): string => `${what}${at('at', host)}`;

/** Values as they are typed and shown. */
export const yes = 'yes';
export const no = 'no';
export const none = 'none';
