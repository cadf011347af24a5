/**
 * The terminal program's own language: its one command, and what it says to the person (never to the server).
 */
import type { ClientEffect, ClientEvent, Failure } from './client.machine.ts';

/** Where POP3 servers listen (RFC 1939 §3). */
export const POP3_PORT = 110;

/** Names and addresses as a person may type them. */
const HOST = /^[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?$/i;

/** `connect HOST [PORT]`, in any case; null when the line is not the terminal's. */
export function readConnect(line: string): ClientEvent | null {
	const [command, host, port, ...more] = line.trim().split(/\s+/);
	if (command?.toLowerCase() !== 'connect') return null;
	if (host === undefined || more.length > 0)
		return { type: 'BAD CONNECT', why: 'Usage: connect HOST [PORT]' };
	if (!HOST.test(host)) return { type: 'BAD CONNECT', why: `Not a host name: ${host}` };
	if (port === undefined) return { type: 'CONNECT', host, port: POP3_PORT };
	const number = /^[0-9]{1,5}$/.test(port) ? Number(port) : 0;
	if (number < 1 || number > 65535) {
		return { type: 'BAD CONNECT', why: `Not a port: ${port}. Use a number from 1 to 65535.` };
	}
	return { type: 'CONNECT', host, port: number };
}

type Told = Extract<ClientEffect, { type: `tell${string}` }>;

/** One line, without its line end. */
export function localWords(effect: Told): string {
	switch (effect.type) {
		case 'tellBadConnect':
			return effect.params.why;
		case 'tellConnecting':
			return `Connecting to ${effect.params.host} port ${effect.params.port} ...`;
		case 'tellStillConnecting':
			return `Still connecting to ${effect.params.host}. Wait for it to answer.`;
		case 'tellConnected':
			return `Connected to ${effect.params.host}.`;
		case 'tellAlreadyConnected':
			return `Already connected to ${effect.params.host}. QUIT ends that session.`;
		case 'tellNotConnected':
			return 'Not connected. Type: connect HOST [PORT]';
		case 'tellClosed': {
			const { host, keyword } = effect.params;
			if (keyword === null) return `Connection closed by ${host}.`;
			if (keyword === 'greeting') return `Connection closed by ${host} before it greeted.`;
			return `Connection closed by ${host} before its reply${keyword === '' ? '' : ` to ${keyword}`} was complete.`;
		}
		case 'tellFailed':
			return failureWords(effect.params);
	}
}

function failureWords({ error, host, port }: { error: Failure; host: string; port: number }): string {
	switch (error) {
		case 'refused':
			return `Connection refused: ${host} does not listen on port ${port}.`;
		case 'reset':
			return `Connection reset by ${host}.`;
		case 'timeout':
			return `Connection timed out: ${host} does not answer.`;
		case 'unknown-host':
			return `Unknown host: ${host}`;
		case 'unreachable':
			return `No route to ${host}.`;
		case 'aborted':
			return `Cut off from ${host}: no goodbye was said.`;
	}
}
