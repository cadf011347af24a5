/** The lists of a node: its other names, its routes, and what its filter lets through. */

export const title = 'Routes and filter';
export const aliases = 'Also called';
export const aliasRange = 'names with spaces between: mail.post.example';
export const aliasIs = 'Names of a to z, digits, dots and hyphens with spaces between, 20 at most.';
export const taken = (name: string): string => `${name} is taken.`;
export const routes = 'Routes';
/** What is typed for a dead end. */
export const nowhere = 'nowhere';
export const routeRange = (links: readonly string[]): string =>
	`a line each: 198.51.100.0/25 and ${[...links, nowhere].join(' or ')}; without one, the shortest way`;
export const routeIs = 'A network and one of the node’s links, or nowhere.';
export const noLink = (link: string, links: readonly string[]): string =>
	`${link} is no link of this node. It has ${links.length > 0 ? links.join(', ') : 'none'}.`;
export const noPrefix = (text: string): string => `${text} is no network: 198.51.100.0/25, or one address.`;
export const bitsBehind = (text: string): string => `${text} has bits behind the length of its prefix.`;
export const filter = 'Filter';
export const filterRange =
	'a line each, the first that fits decides: drop icmp type 3 code 4; reject tcp from 192.0.2.0/24 to 198.51.100.25 dport 110';
export const ruleBegins = 'A rule begins with pass, drop or reject.';
export const ruleWord = (word: string): string =>
	`Of “${word}” a rule knows nothing: icmp, tcp or udp; then from, to, sport, dport, type and code, each with a value.`;
export const ruleNumber = (word: string, high: number): string =>
	`After ${word} comes a number from 0 to ${high.toLocaleString('en-GB')}.`;
export const tooMany = (most: number): string => `At most ${most} lines.`;
export const inLine = (n: number, problem: string): string => `Line ${n}: ${problem}`;
