/**
 * The yard as it opens: no mission and nothing to solve, a terminal and a mail program on one desk, and a server that
 * behaves as it is told to. Law: it is one scene among all others.
 */
import type { Level } from './level.ts';
import { ends } from './scene-presets.ts';
import { levelOfScene } from './scene.ts';
import type { YardServer } from './servers.ts';
import { along, type WayId } from './topologies.ts';

export { SERVERS, type YardServer } from './servers.ts';

export function yard(server: YardServer, way: WayId = 'direct'): Level {
	const scenario = along(ends(server), way);
	return levelOfScene({ version: 1, name: 'The yard', terminal: 'desk', seed: 110, scenario });
}
