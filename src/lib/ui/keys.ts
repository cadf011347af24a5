/**
 * The keyboard in one table: which key asks for what. Pure. Single-key shortcuts act only outside text fields and can be
 * switched off (WCAG 2.1.4); a key that is not in the table is never taken from the browser.
 */
export type Command =
	| 'next-pane'
	| 'previous-pane'
	| 'into-pane'
	| 'go-on'
	| 'escape'
	| 'one-pane'
	| 'saved'
	| 'toggle-play'
	| 'event-back'
	| 'event-on'
	| 'packet-back'
	| 'packet-on'
	| 'first'
	| 'last'
	| 'mark-back'
	| 'mark-on'
	| 'layer-back'
	| 'layer-on'
	| 'bookmark'
	| 'slower'
	| 'faster'
	| 'lens-1'
	| 'lens-2'
	| 'lens-3'
	| 'lens-4'
	| 'open-packet'
	| 'goal'
	| 'hint'
	| 'rewind'
	| 'ladder'
	| 'states'
	| 'follow-stream'
	| 'follow-dialogue'
	| 'find-packet'
	| 'find-next'
	| 'find-before'
	| 'state-as-text'
	| 'shortcuts';

export interface Stroke {
	readonly key: string;
	readonly ctrlKey: boolean;
	readonly metaKey: boolean;
	readonly shiftKey: boolean;
	readonly altKey: boolean;
}

export interface Where {
	/** The focus is in a field that takes text. */
	readonly inText: boolean;
	/** That field is the terminal's line: it stands for its pane. */
	readonly inLine: boolean;
	/** The focus is on something that has its own use for Space, Enter, arrows, Home and End. */
	readonly onControl: boolean;
	/** The focus is in a list, grid, slider, tab row or radio group: arrows, Home and End belong to it. */
	readonly inList: boolean;
	readonly singleKeys: boolean;
}

const SINGLE: Readonly<Record<string, Command>> = {
	',': 'mark-back',
	'.': 'mark-on',
	'<': 'layer-back',
	'>': 'layer-on',
	b: 'bookmark',
	'[': 'slower',
	']': 'faster',
	'1': 'lens-1',
	'2': 'lens-2',
	'3': 'lens-3',
	'4': 'lens-4',
	o: 'open-packet',
	g: 'goal',
	h: 'hint',
	r: 'rewind',
	l: 'ladder',
	s: 'states',
	f: 'follow-stream',
	'/': 'find-packet',
	n: 'find-next',
	c: 'state-as-text',
	'?': 'shortcuts'
};

export function commandFor(stroke: Stroke, where: Where): Command | null {
	const { key, shiftKey } = stroke;
	const command = stroke.ctrlKey || stroke.metaKey;
	if (key === 'F6') return stroke.metaKey || stroke.altKey ? null : shiftKey ? 'previous-pane' : 'next-pane';
	if (stroke.altKey) return null;
	if (command) {
		if (key === 'Enter') return 'go-on';
		return key.toLowerCase() === 's' && !shiftKey ? 'saved' : null;
	}
	if (key === 'Escape') return 'escape';
	if (key === 'Enter' && shiftKey && (where.inLine || !(where.inText || where.onControl))) return 'one-pane';
	if (where.inText || !where.singleKeys) return null;
	if (key === 'N' && shiftKey) return 'find-before';
	if (key === 'F' && shiftKey) return 'follow-dialogue';
	const single = SINGLE[key.toLowerCase()];
	if (single) return single;
	if (key === ' ') return where.onControl ? null : 'toggle-play';
	if (where.inList) return null;
	if (key === 'ArrowDown' || key === 'ArrowUp') return shiftKey ? null : 'into-pane';
	if (key === 'ArrowLeft') return shiftKey ? 'packet-back' : 'event-back';
	if (key === 'ArrowRight') return shiftKey ? 'packet-on' : 'event-on';
	if (key === 'Home') return 'first';
	return key === 'End' ? 'last' : null;
}

/** Where the focus is, read from the focused element. */
export function whereIs(element: Element | null, singleKeys: boolean): Where {
	const inText =
		element instanceof HTMLTextAreaElement ||
		element instanceof HTMLSelectElement ||
		(element instanceof HTMLElement && element.isContentEditable) ||
		(element instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'range'].includes(element.type));
	const onControl = !!element?.closest(
		'button, a, summary, input, [role=tab], [role=gridcell], [role=treeitem]'
	);
	const inList = !!element?.closest(
		'[role=grid], [role=tree], [role=tablist], [role=slider], [role=listbox], [role=radiogroup], [role=separator], input, [data-scroll]'
	);
	const inLine = element?.matches('[data-terminal-input]') ?? false;
	return { inText, inLine, onControl, inList, singleKeys };
}
