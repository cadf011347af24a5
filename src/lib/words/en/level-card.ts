/** What a solved level leaves behind. */

export const playing = 'Its run is played again …';
export const failed = 'Its run could not be played again here.';
/** Before the value of the field. */
export const packetField = (packet: number, field: string): string => `Packet ${packet}: ${field}`;
export const openPacket = (packet: number): string => `Open packet ${packet}`;
export const openField = (packet: number, field: string): string => `Open packet ${packet}, ${field}`;
export const again = 'Play it again';
