/** What can be taken along of a pane: to the clipboard, or as a file. */
export interface Item {
	readonly label: string;
	/** The text that is copied. */
	readonly copy?: () => string;
	/** Anything else; what it returns is said. */
	readonly run?: () => Promise<string> | string;
	/** The menu closes before it is done. */
	readonly closes?: boolean;
}
