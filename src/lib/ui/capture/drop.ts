/** Files that are dragged over a page: only when there are any does the page take the drop from the browser. */

export function holdsFiles(event: DragEvent): boolean {
	if (!event.dataTransfer?.types.includes('Files')) return false;
	event.preventDefault();
	return true;
}

/** The first file of a drop, or null. */
export function droppedFile(event: DragEvent): File | null {
	if (!holdsFiles(event)) return null;
	return event.dataTransfer?.files[0] ?? null;
}
