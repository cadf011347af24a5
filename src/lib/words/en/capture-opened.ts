/** A capture that was opened, and why there is nothing to look at in one. */

export const concept = 'A capture of somebody’s packets.';
/** `others`: how many packets of what, `3 ARP`. */
export const noIpv4 = (packets: number, others: readonly string[]): string =>
	`No IPv4 in its ${packets} packets (${others.join(', ')}).`;
export const noPacket = 'There is no packet in it.';
