/** The stage: what it says to ears, on its hosts and links, and while nothing is on it. */

export const noConnection = 'No connection yet.';
/** Before the line to type, and with it. */
export const knockWith = 'Knock with';
export const knock = (line: string): string => `No connection yet. Knock with ${line}.`;
export const onTheirWay = (count: number): string => `${count} packets on their way.`;
export const onItsWay = (packet: number, from: string, to: string): string =>
	`Packet ${packet} on its way from ${from} to ${to}.`;
/** Tags of packets that move. */
export const held = 'held';
export const again = 'again';
export const openHere = (packet: number | null): string => `Open #${packet ?? ''} here`;
export const notLoaded = 'It did not load. Reload the page to try again.';

export const packetsOnWire = 'Packets on the wire';
export const openFields = (packet: string): string => `${packet}. Open its header fields`;
export const hosts = 'Hosts on the stage';
export const move = (host: string): string => `Move ${host} with the arrow keys`;
export const movedLeft = (host: string): string => `${host} moved left`;
export const movedRight = (host: string): string => `${host} moved right`;
export const movedUp = (host: string): string => `${host} moved up`;
export const movedDown = (host: string): string => `${host} moved down`;
export const backInPlace = (host: string): string => `${host} back in its place`;
export const putAllBack = 'Put all hosts back';
export const allBack = 'All hosts back in their places';

export const howToMove = (host: string, address: string): string =>
	`${host} ${address}: drag to move, double-click to put back`;
export const noSession = 'no session';

export const link = (from: string, to: string, facts: { delay: number; mtu: number } | null): string =>
	facts ? `${from} to ${to}: ${facts.delay} ms, MTU ${facts.mtu}` : `${from} to ${to}`;
export const waiting = (packets: number): string => `${packets} waiting`;
/** Numbers of packets, the first and the last of many. */
export const through = (first: number | undefined, last: number | undefined): string => `${first} to ${last}`;
/** Why a packet ended, where an X alone would not tell; by the reason's name. */
export const dropped: { readonly [reason: string]: string } = {
	mtu: 'too big',
	'no-listener': 'nobody there',
	checksum: 'checksum',
	malformed: 'malformed',
	unroutable: 'no route',
	backlog: 'no room',
	ttl: 'TTL 0',
	filter: 'filter',
	nat: 'NAT',
	reassembly: 'pieces missing',
	queue: 'queue full',
	cut: 'cut',
	taken: 'taken',
	joined: 'joined'
};
