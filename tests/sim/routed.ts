// Mail fetched and echoes asked for through routers.
import { createWorld } from '#lib/sim/world.ts';
import { converse, t1, type Net } from '../fixtures/net.ts';
import { shown } from '../fixtures/read.ts';
import { t0 } from '../fixtures/t0.ts';

export const FETCH = ['connect post 110', 'USER ada', 'PASS lovelace', 'RETR 3', 'RETR 4', 'QUIT'];
export const mail = shown(converse(t0(), FETCH).log);

export function ping(net: Net, how: { ttl?: number; size?: number; df?: boolean; to?: string }) {
	const world = createWorld(t1(net), 1);
	world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post', ...how } });
	world.runUntilQuiet();
	return world;
}
