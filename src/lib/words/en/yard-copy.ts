/** A scene and its run as text. */

export const node = (id: string, kind: string, address: string): string => `${id}: ${kind}, ${address}`;
export const alsoOn = (address: string, link: string): string => `${address} on ${link}`;
export const outsideIs = (link: string): string => `outside is ${link}`;
export const stack = (settings: string): string => `stack: ${settings}`;
export const server = (port: number, way: string, apop: boolean): string =>
	`POP3 on port ${port}: speaks as "${way}"${apop ? ', offers APOP' : ''}`;
export const habits = (settings: string): string => `habits: ${settings}`;
export const box = (user: string, letters: readonly string[]): string =>
	`box of ${user}: ${letters.join(', ') || 'empty'}`;
export const aliases = (names: readonly string[]): string => `also called ${names.join(', ')}`;
export const clamps = 'clamps the MSS';
export const route = (said: string): string => `route: ${said}`;
export const rule = (said: string): string => `filter: ${said}`;
export const greets = (text: string): string => `greets with: ${text}`;
export const wires = (said: readonly string[]): string =>
	`its chart may be rewired${said.length > 0 ? `: ${said.join('; ')}` : ''}`;
export const stuck = (user: string, uids: readonly string[]): string =>
	`cannot be removed from the box of ${user}: ${uids.join(', ')}`;
export const program = (user: string, server: string, policy: string): string =>
	`mail program: ${user} at ${server}, policy ${policy}`;
export const otherwise = (settings: string): string => `set otherwise: ${settings}`;

export const types = (host: string, line: string): string => `${host} types: ${line}`;
export const fetches = (host: string): string => `${host} fetches its mail`;
export const handled = (packet: number, act: string): string => `packet ${packet}: ${act}`;
export const answer = (question: string, value: string): string => `answer to ${question}: ${value}`;

export const tcpState = (host: string, from: string, to: string, on: string): string =>
	`TCP ${host}: ${from} to ${to} (${on})`;
export const again = (host: string, sequence: number, reason: string): string =>
	`TCP ${host}: ${sequence} again (${reason})`;
export const lost = (packet: number, link: string, why: string): string =>
	`packet ${packet} lost on ${link}: ${why}`;
export const problem = (what: string, where: string): string => `mail program: ${what} (${where})`;
export const syncOver = (fetched: number, deleted: number): string =>
	`sync over: ${fetched} fetched, ${deleted} deleted`;

export const yard = (scene: string): string => `Interactive POP3, the yard: ${scene}`;
export const terminal = (host: string, seed: number): string =>
	`Terminal and mail program at ${host}, seed ${seed}.`;
export const nodes = 'Nodes';
export const links = 'Links (times in µs, shares from 0 to 1)';
export const ends = (hosts: readonly string[]): string => hosts.join(' to ');
export const faults = 'Faults';
export const onLink = (kind: string, link: string): string => `${kind} on ${link}`;
export const towards = (host: string): string => `towards ${host}`;
/** `to`: null where it has no end. */
export const span = (from: string, to: string | null): string => `${from} to ${to ?? 'the end'}`;
export const ofPackets = (which: string): string => `of ${which}`;
export const done = 'What was done';
export const happened = 'What happened';
export const nothingYet = 'nothing yet';
export const leftOut = (lines: number): string => `(${lines} lines before this are left out)`;
