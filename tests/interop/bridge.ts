/**
 * A server session behind a real socket on the loopback address, for real clients. One store for all
 * connections.
 */
import { createServer, type Socket } from 'node:net';
import { ServerSession, type ServerSessionOptions } from '#lib/pop3/server-session.ts';
import type { ServerSessionEffect, TimerName } from '#lib/pop3/session.ts';

export interface Bridge {
	readonly port: number;
	/** Command keywords read, over all sessions. */
	readonly commands: string[];
	close(): Promise<void>;
}

export function bridge(options: Omit<ServerSessionOptions, 'id'>): Promise<Bridge> {
	const commands: string[] = [];
	let sessions = 0;
	const server = createServer({ allowHalfOpen: true }, (socket) => {
		const session = new ServerSession({ ...options, id: `socket ${++sessions}` });
		const perform = (effects: ServerSessionEffect[]) => {
			for (const effect of effects) {
				if (effect.type === 'write') writeInPieces(socket, effect.octets);
				else if (effect.type === 'close') socket.end();
				else if (effect.type === 'timer') setTimer(effect.timer, effect.after);
				else if (effect.type === 'log' && effect.event.kind === 'pop3.command')
					commands.push(effect.event.keyword);
			}
		};
		const timers = new Map<TimerName, NodeJS.Timeout>();
		const setTimer = (timer: TimerName, after: number | null) => {
			clearTimeout(timers.get(timer));
			if (after === null) return;
			timers.set(timer, setTimeout(() => perform(session.timeout(timer)), after / 1000).unref());
		};
		socket.on('data', (octets) => perform(session.octets(octets)));
		socket.on('end', () => perform(session.ended()));
		socket.on('error', () => perform(session.lost()));
		socket.on('close', () => perform(session.lost()));
		perform(session.open());
	});
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			if (address === null || typeof address === 'string') return reject(new Error('no port'));
			const close = () => new Promise<void>((done) => server.close(() => done()));
			resolve({ port: address.port, commands, close });
		});
	});
}

/** Long replies leave in several writes, so that no client can count on one. */
function writeInPieces(socket: Socket, octets: Uint8Array): void {
	socket.setNoDelay(true);
	for (let at = 0; at < octets.length; at += 701) socket.write(octets.subarray(at, at + 701));
}
