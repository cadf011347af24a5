/** The keyboard on one sheet: the caps of the keys, and what they do; the order is the reader's. */

export const keyboard = 'Keyboard';
export const list: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
	{ keys: ['Enter'], does: 'In the terminal: send the line' },
	{ keys: ['Up', 'Down'], does: 'In the terminal: earlier and later lines' },
	{ keys: ['Right'], does: 'At the end of the line: accept the suggestion' },
	{ keys: ['Ctrl+L'], does: 'In the terminal: clear the screen' },
	{ keys: ['F6', 'Shift+F6'], does: 'Next pane, previous pane' },
	{ keys: ['Up', 'Down'], does: 'On a pane: into its list' },
	{ keys: ['Shift+Enter'], does: 'On a pane: this pane alone, and back' },
	{ keys: ['Ctrl+Enter'], does: 'Confirm the question, or next level' },
	{ keys: ['Esc'], does: 'Close what is open, else back to the terminal' },
	{ keys: ['Space'], does: 'Play or pause' },
	{ keys: ['Left', 'Right'], does: 'One event back, one on; with Shift one packet' },
	{ keys: ['Home', 'End'], does: 'First event, last event' },
	{ keys: [',', '.'], does: 'To the mark before, to the next: command, change, loss' },
	{ keys: ['<', '>'], does: 'One event of the lens’s layer back, one on: POP3, TCP, IP' },
	{ keys: ['B'], does: 'A bookmark here, or away with it' },
	{ keys: ['[', ']'], does: 'Slower, faster' },
	{ keys: ['1', '2', '3', '4'], does: 'Lens: letter, talk, envelope, bits' },
	{ keys: ['O'], does: 'Open the chosen packet on the stage, down to its bits; again: close it' },
	{ keys: ['M'], does: 'The menu of the chosen packet, where packets may be bent' },
	{ keys: ['G'], does: 'The whole mission' },
	{ keys: ['H'], does: 'A hint' },
	{ keys: ['R'], does: 'Rewind to the point the coach names' },
	{ keys: ['L', 'S'], does: 'Ladder, states' },
	{ keys: ['F', 'Shift+F'], does: 'Follow the TCP stream, the POP3 dialogue' },
	{ keys: ['/'], does: 'Go to a packet by its number, or find text or octets' },
	{ keys: ['N', 'Shift+N'], does: 'The next packet found, the one before' },
	{ keys: ['C'], does: 'Copy the state as text: for a teacher, or with a report of a fault' },
	{ keys: ['?'], does: 'This list' }
];
