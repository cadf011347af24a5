/** The forms in which a question is answered. */

/** Letters were given where a number is wanted. */
export const wantsNumber = 'A number is wanted here. A command goes into the line below.';
export const answer = 'Answer';
export const card = 'Card';
export const inRoom = (card: string, room: string): string => `${card}: ${room}`;
export const toLayDown = (cards: number): string => `${cards} to lay down`;
export const noneOfThem = 'None of them';
export const moved = (what: string, place: number, of: number): string =>
	`${what} is now number ${place} of ${of}.`;
export const up = (what: string): string => `${what}: up`;
export const down = (what: string): string => `${what}: down`;
export const answerInOrder = 'Answer in this order';
/** Before the bytes. */
export const selected = (bytes: number, packet: number, from: number): string =>
	`${bytes === 1 ? '1 byte' : `${bytes} bytes`} of packet ${packet}, from byte ${from}:`;
export const answerWithThese = 'Answer with these';
export const howToSelect =
	'Choose the packet, then mark bytes under Bytes in the inspector: drag, or Shift and the arrow keys. Enter answers.';
export const part = 'Part';
export const youSaid = 'You said';
export const itIs = 'It is';
export const yes = 'yes';
export const no = 'no';
export const same = (parts: number, of: number): string => `${parts} of ${of} the same.`;
