/** Our mail program behind a real socket: the session of a sync against whatever listens on a port of this machine. */
import { connect } from 'node:net';
import type { ClientEffect, ClientSession } from '#lib/pop3/client-session.ts';

export interface Line {
	/** Octets from the server after which the connection is torn down. */
	readonly cut?: number;
}

/** Runs the session to its end. */
export function run(session: ClientSession, port: number, { cut = Infinity }: Line = {}): Promise<void> {
	return new Promise((resolve) => {
		const socket = connect({ port, host: '127.0.0.1', noDelay: true });
		let left = cut;
		let clock: NodeJS.Timeout | undefined;
		function perform(effects: readonly ClientEffect[]): void {
			const writes: Uint8Array[] = [];
			for (const effect of effects) {
				if (effect.type === 'write') writes.push(effect.octets);
				else if (effect.type === 'close') socket.end();
				else if (effect.type === 'wait') {
					clearTimeout(clock);
					if (effect.for !== null) clock = setTimeout(() => perform(session.timeout()), effect.for / 1000);
				}
			}
			if (writes.length > 0 && !socket.destroyed && socket.writable) socket.write(Buffer.concat(writes));
		}
		socket.on('connect', () => perform(session.connected()));
		socket.on('data', (octets) => {
			const come = octets.subarray(0, left);
			left -= come.length;
			perform(session.octets(new Uint8Array(come)));
			if (left === 0 && !session.over) {
				socket.resetAndDestroy();
				perform(session.failed('reset'));
			}
		});
		socket.on('end', () => perform(session.ended()));
		socket.on('error', () => perform(session.failed('reset')));
		socket.on('close', () => {
			if (!session.over) perform(session.failed('reset'));
			clearTimeout(clock);
			resolve();
		});
	});
}
