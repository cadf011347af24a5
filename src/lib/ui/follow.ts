/** Scrolling with what grows at its end. Law: no layout is forced; what is new is in view in the same picture. */

/**
 * To be attached to what a scroller holds: whenever that or the scroller itself has another size, and `on` says so, the
 * end is brought into view, after the layout and before the picture.
 */
export const followEnd =
	(on: () => boolean = () => true) =>
	(content: HTMLElement): (() => void) => {
		const scroller = content.parentElement;
		const observer = new ResizeObserver(() => {
			if (scroller && on()) scroller.scrollTop = scroller.scrollHeight;
		});
		observer.observe(content);
		if (scroller) observer.observe(scroller);
		return () => observer.disconnect();
	};
