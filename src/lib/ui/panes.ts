/** Going from pane to pane with F6: the panes that are visible, in the order of the document. */

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
