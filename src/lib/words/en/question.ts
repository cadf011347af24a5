/** The card that asks, and says how the answer compares with the wire. */

export const question = 'Question';
export const open = 'Open question';
export const skip = 'Skip';
export const youSaid = 'You said';
export const youChose = 'You chose';
export const itIs = 'It is';
export const onWire = 'On the wire';
export const same = 'The same.';
export const watch = 'Kept. The wire will show.';
export const howToPoint =
	'Choose the packet, then the field in the inspector. F6 goes from pane to pane, the arrow keys into it, Enter points.';
export const again = 'Answer again';
export const close = 'Close';
/** The result is read, and another question waits. */
export const goOn = 'Go on';
/** Beside the options while none of them has the focus. */
export const keys = 'Arrow keys choose, Enter answers.';
