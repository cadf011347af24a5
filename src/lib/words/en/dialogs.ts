/** What a level opens over its page: where one goes to a packet, and what a narrow bar has no room for. */

export const keyboard = 'Keyboard';
export const exportCapture = 'Export capture';
export const resetLevel = 'Reset level';
export const map = 'Map';

export const goToPacket = 'Go to packet';
export const wanted = 'Packet number, "text" or octets in hex';
export const go = 'Go';
export const noPacketYet = 'There is no packet yet.';
export const inNoPacket = (wanted: string): string => `${wanted} is in no packet so far.`;
export const packetsSoFar = (last: number): string => `There are packets 1 to ${last} so far.`;
