/** What stands inside the inspector: its tools, the tree's fields, the bits. */

export const faces = 'View of the packet';
export const tree = 'Tree';
export const bits = 'Bits';
export const bytes = 'Bytes';
export const kept = (packet: number): string => `Kept #${packet}`;
export const pin = 'Pin';
export const diff = 'Diff';
export const follow = 'Follow';

export const hex = (octets: string): string => `hex ${octets}`;
export const binary = (digits: string): string => `binary ${digits}`;
export const computed = 'computed';
export const unchanged = 'unchanged';
export const problem = (what: string): string => `problem: ${what}`;
export const goesOn = (field: string): string => `${field}, goes on`;
export const bitsOf = (packet: number): string => `Bits of packet ${packet}`;
export const layer = (tag: string, shown: string): string => `${tag}, ${shown}`;
export const moreWords = (n: number): string => `${n} more words`;
