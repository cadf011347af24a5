/** The panes of a run's page: their names, what moves and enlarges them, and what each says while it is empty or broken. */

export const stage = 'Stage';
export const packets = 'Packets';
export const packet = 'Packet';
export const inspector = 'Inspector';
export const view = 'View';
export const views = 'Views';
export const viewsOfRun = 'Views of the run';
export const timeline = 'Timeline';
export const time = 'Time';
export const viewNames = {
	stage: 'Stage',
	packets: 'Packets',
	inspector: 'Inspector',
	ladder: 'Ladder',
	states: 'States',
	mailbox: 'Mailbox',
	stream: 'Stream'
} as const;

export const nothingYet = 'Nothing on the wire.';
export const watch = 'watch';
export const bendPacket = (packet: number): string => `Bend packet ${packet}`;
export const higher = 'Higher';
export const lower = 'Lower';
export const close = 'Close';
export const noInspector = 'The inspector did not load. Reload the page to try again.';
export const choosePacket = 'Choose a packet. Its bytes open here.';
export const noView = 'This view did not load. Reload the page to try again.';
export const drawingCharts = 'Drawing the charts …';
export const noCharts = 'The charts could not be fetched. Open this view again to try once more.';

export const leftWidth = 'Width of the left column';
export const rightWidth = 'Width of the right column';
export const stageHeight = 'Height of the stage';
export const packetsHeight = 'Height of the packet list';
export const usualSize = 'as the page has it';
export const pixels = (n: number): string => `${n} pixels`;
export const howToSize = 'Draw, or arrow keys; Enter or a double click puts it back';

export const alone = (pane: string): string => `${pane} alone`;
export const notAlone = (pane: string): string => `${pane}: back to its place`;
export const standAlone = 'This pane alone (Shift+Enter)';
export const standBack = 'Back (Esc)';

export const stopped = (pane: string, path: string): string => `${pane} stopped at ${path}`;
export const broken = 'This view stopped. The run is safe.';
export const reloadView = 'Reload view';
export const copyReport = 'Copy report';

export const screens = 'Screens';
export const screenNames = { do: 'Do', see: 'See' } as const;
export const newThere = ', new';
