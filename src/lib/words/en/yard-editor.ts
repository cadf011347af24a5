/** The editor of a scene: its drawing, its tools, the settings of what is chosen. */

export const editScene = 'Edit the scene';
export const undo = 'Undo';
export const redo = 'Redo';
export const close = 'Close';
export const inLink = (node: string): string => `${node} stands in the link.`;
export const joinedTo = (node: string, other: string): string => `${node} is there, joined to ${other}.`;
export const notJoined = (node: string): string => `${node} is there. Join it to another node.`;
export const joined = (a: string, b: string): string => `${a} and ${b} are joined.`;
export const chooseToJoin = (node: string): string => `Choose the node to join to ${node}. Escape ends it.`;
export const full = (nodes: number, most: number): string => `${nodes} nodes. By hand there can be ${most}.`;
export const intoLink = 'A router or NAT added now goes into this link.';
export const toNode = (node: string): string =>
	`A node added now is joined to ${node}. Draw from node to node to join them.`;
export const choose = 'Choose a node or link, or add one.';
export const goThere = 'Go there';
export const onStage = 'This is the scene on the stage.';
export const newRun = 'Playing starts a new run.';
export const newRunKept = (inputs: number): string =>
	`Playing starts a new run. The one on the stage${
		inputs === 1 ? ', one input,' : `, ${inputs} inputs,`
	} can be brought back.`;
export const play = 'Play this scene';

export const tools = 'Nodes and links';
export const add = 'Add';
export const kinds = { client: 'Client', server: 'Server', router: 'Router', nat: 'NAT' } as const;
export const joinTo = 'Join to…';
export const remove = 'Remove';

export const links = 'Links';
export const nodes = 'Nodes';
export const link = (ends: readonly string[], what: string): string => `Link ${ends.join(' to ')}: ${what}`;
export const node = (id: string, role: string, address: string): string => `${id}, ${role}, ${address}`;
/** After what a node is. */
export const canJoin = (node: string): string => `: join to ${node}`;

export const scene = 'Scene';
export const theScene = 'The scene';
export const ends = (link: readonly string[]): string => link.join(' to ');
export const fault = (n: number): string => `Fault ${n}`;
export const beginWith = 'Begin with';
export const another = 'another scene…';
export const begun = (scene: string): string => `This is “${scene}”. Undo brings the other back.`;

export const faults = 'Faults';
export const faultsOnLink = 'Faults on this link';
export const faultAdded = 'The fault is in the list.';
export const faultSpan = (
	kind: string,
	link: string | null,
	towards: string | undefined,
	from: number,
	to: number | null
): string =>
	`${kind}${link === null ? '' : ` on ${link}`}${towards ? ` towards ${towards}` : ''}, ${from} s to ${
		to === null ? 'the end' : `${to} s`
	}`;
export const noFault = 'None. A fault lasts a span of time, has a direction, and can choose its packets.';
export const addFault = 'Add a fault';
