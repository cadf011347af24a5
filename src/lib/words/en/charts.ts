/** The statecharts: which one, its picture, and what it says in words. */

export const chart = 'Chart';
export const statecharts = 'Statecharts';
export const tcp = 'TCP';
export const pop3 = 'POP3';
export const server = 'POP3 server';
export const terminal = 'POP3 client, a terminal';
export const mailProgram = 'POP3 client, a mail program';
export const arrows = 'Arrows';
/** Arrows "to aim", an order "of commands". */
export const toAim = 'to aim';
export const order = 'Order';
export const ofCommands = 'of commands';
export const at = (host: string): string => `at ${host}`;
export const figure = 'The RFC’s figure';
export const matrix = 'Commands and states';
export const showLarge = 'Show the chart large';

export const size = 'Size';
export const smaller = 'Smaller';
export const smallerKey = 'Smaller (-)';
export const fit = 'Fit';
export const fitKey = 'As the pane has room (0)';
export const larger = 'Larger';
export const largerKey = 'Larger (+)';

export const transitions = 'Transitions';
export const showInside = (state: string): string => `Show what is inside ${state}`;
export const hideInside = (state: string): string => `Hide what is inside ${state}`;

export const stayed = (state: string, on: string): string => `${on} in ${state}`;
export const moved = (from: string, to: string, on: string): string => `${from} to ${to} on ${on}`;
/** After what an edge is. */
export const takenLast = '. Taken last';
export const possible = '. Possible now';
export const causedBy = (packet: number | null): string => `. Caused by packet ${packet}`;
export const packet = (n: number): string => `packet ${n}`;
export const drawn = (chart: string, host: string): string => `${chart} at ${host}, drawn`;
export const inWords = (protocol: string, host: string): string => `${protocol} at ${host}, in words`;
export const current = 'Current:';
export const last = (step: string): string => `Last: ${step}`;
export const then = (step: string): string => `Then: ${step}`;
export const canGoTo = 'Can go to';
/** To a state "on" what is sent or received. */
export const on = 'on';
export const takesHere = 'Takes here:';
export const taken = 'Taken in this run';
export const notTaken = 'Not taken in this run.';
export const caused = (packet: number | null): string => `Packet ${packet} caused`;
export const columns: readonly string[] = ['State', 'On', 'To', 'Does', 'RFC'];

export const orderDrawn = 'Recommended order of commands, drawn';
export const orderInWords = (host: string): string => `Order of commands at ${host}, in words`;
export const line = (from: string, to: string, lines: string): string => `${from} to ${to}, line ${lines}`;
/** After what a line of the way is. */
export const otherWay = ', another way than recommended';
export const notConnected = 'not connected';
export const road = 'The broad grey road is the recommended order; the numbered line over it is your way.';
export const nextOnRoad = 'Next on the road:';
export const yourWay = 'Your way';
export const besideRoad = 'Beside the road';
export const beside = (line: number, from: string, to: string): string => `${line}: from ${from} to ${to}`;

export const copyText = 'Copy as text';
export const copyTable = 'Copy as table';
