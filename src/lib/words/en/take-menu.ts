/** What can be taken along of a pane. */

export const copyText = 'Copy as text';
export const copyTable = 'Copy as table';
export const saveSvg = 'Save as SVG';
export const savePng = 'Save as PNG';
export const printSheet = 'Print the sheet';
export const exportCapture = 'Export a capture…';
export const treeAsText = 'Copy the tree as text';
export const treeAsTable = 'Copy the tree as table';
export const bitsAsText = 'Copy the bits as text';
export const bitsAsTable = 'Copy the bits as table';
export const bytesAsText = 'Copy the bytes as text';
export const bytesAsTable = 'Copy the bytes as table';
export const stageOf = (level: string): string => `Stage of ${level}`;
export const ladderOf = (level: string): string => `Ladder of ${level}`;
export const statesIn = (level: string): string => `States in ${level}`;

export const failed = (why: string): string => `That did not work: ${why}.`;
export const noDrawingYet = 'there is no drawing yet';
export const noDrawing = 'there is no drawing';
export const tooLarge = 'the picture is too large';
export const savedAs = (file: string): string => `Saved as ${file}.`;
export const savedInSize = (file: string, width: number, height: number): string =>
	`Saved as ${file}, ${width} × ${height}.`;
export const close = 'Close';
