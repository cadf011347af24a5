/** What a person did, in a few words. */

export const typed = (line: string): string => `typed ${line || 'an empty line'}`;
export const sent = (octets: number): string => `sent ${octets} octets`;
export const sync = 'Sync';
export const tidied = 'threw further copies out';
export const setting = (host: string): string => `changed a setting of ${host}`;
export const cutOff = (host: string): string => `cut ${host} off`;
export const aimed = (event: string, to: string): string => `aimed ${event} at ${to}`;
export const drilled = 'ran the transcripts';
export const answered = (value: string): string => `answered ${value}`;
export const set = (key: string, value: string | number | boolean): string => `set ${key} to ${value}`;
export const handled = (act: string, packet: number): string => `${act} packet ${packet}`;
