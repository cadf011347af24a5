// SEND with URGENT between two hosts: the log says at the receiver that there is urgent text, and how far it reaches.
import { expect, test } from 'vitest';
import { createWorld } from '#lib/sim/world.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { URG } from '#lib/wire/tcp.ts';
import { chain, of, segment } from '../fixtures/read.ts';
import { t0 } from '../fixtures/t0.ts';

test('urgent text is reported once, because of the packet that brought the pointer', () => {
	const got: number[] = [];
	const silent = { opened: () => {}, ended: () => {}, failed: () => {} };
	const world = createWorld(t0(), 1, {
		programs: ({ id }, { sockets }) => {
			if (id === 'post') {
				sockets.listen(7, () => ({ ...silent, octets: (octets) => void got.push(...octets) }));
				return null;
			}
			return {
				typed: (_, cause) => {
					const user = {
						...silent,
						octets: () => {},
						opened: (why: number) => {
							if (typeof circuit === 'string') return;
							circuit.send(Uint8Array.of(1, 2), why);
							circuit.send(Uint8Array.of(3, 4, 5), why, true);
						}
					};
					const circuit = sockets.open(parseAddress('198.51.100.25'), 7, user, cause);
				},
				raw: () => {}
			};
		}
	});
	world.input({ at: 0, input: { kind: 'type', host: 'desk', line: 'go' } });
	world.runUntilQuiet();
	expect(got).toEqual([1, 2, 3, 4, 5]);
	const reports = of(world.log, 'tcp.report');
	expect(reports).toMatchObject([{ host: 'post', report: 'urgent', detail: '5 octets' }]);
	const urgent = of(world.log, 'packet.sent').filter((event) => segment(event).flags & URG);
	expect(urgent).toHaveLength(1);
	expect(chain(world.log, reports[0]!)).toContain(urgent[0]);
});
