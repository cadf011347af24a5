/** Going from pane to pane with F6: the panes that are visible, in the order of the document. */

/** Into the list or tree of the pane that has the focus itself, at its current row; false when there is none. */
export function enterPane(): boolean {
	const pane = document.activeElement;
	if (!pane?.matches('[data-pane]')) return false;
	const rows = pane.querySelectorAll<HTMLElement>(':is([role=grid], [role=tree]) [tabindex="0"]');
	const row = [...rows].find((element) => element.getClientRects().length > 0);
	row?.focus();
	return row !== undefined;
}

/** Somebody is in the middle of a line: the focus must not be taken away. */
export function isWriting(): boolean {
	const at = document.activeElement;
	return at instanceof HTMLInputElement && at.matches('[data-terminal-input]') && at.value !== '';
}

/** Where packets are chosen, if it is to be seen. */
export function packetsPane(): HTMLElement | null {
	const pane = document.querySelector<HTMLElement>('[data-pane="Packets"]');
	return pane?.checkVisibility() ? pane : null;
}

/** Moves the focus to the next or previous visible pane; false when there is none left, so that the browser gets the key. */
export function movePane(root: ParentNode, by: 1 | -1): boolean {
	const panes = [...root.querySelectorAll<HTMLElement>('[data-pane]')].filter(
		(pane) => pane.getClientRects().length > 0
	);
	const at = panes.findIndex((pane) => pane.contains(document.activeElement));
	const to = panes[at < 0 ? (by === 1 ? 0 : panes.length - 1) : at + by];
	if (!to) return false;
	(to.querySelector<HTMLElement>('[data-terminal-input]:not(:disabled)') ?? to).focus({
		preventScroll: true
	});
	return true;
}
