/**
 * One connection that the host opens: it sends a file, reads to the end, and reports what came and how it ended. The
 * octets themselves are not kept, only counted and digested.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Host } from '#lib/sim/host.ts';
import type { Failure, Unopened } from '#lib/sim/program.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { UsageError, type Client } from './options.ts';

export interface Report {
	readonly connect: string;
	/** Octets handed to TCP, and octets that came. */
	readonly sent: number;
	readonly received: number;
	/** Of what came, hexadecimal. */
	readonly sha256: string;
	/** `closed`: the peer has ended its half, and all it sent is here. */
	readonly ended: 'closed' | 'aborted' | Failure | Unopened;
}

/** Opens the connection; `report` is called once, when it is over. Throws a UsageError where the file cannot be read. */
export function connect(host: Host, client: Client, report: (report: Report) => void): void {
	const octets = read(client.send);
	const digest = createHash('sha256');
	let sent = 0;
	let received = 0;
	let over = false;

	function finish(ended: Report['ended']): void {
		if (over) return;
		over = true;
		const where = `${client.address}:${client.port}`;
		report({ connect: where, sent, received, sha256: digest.digest('hex'), ended });
	}
	const circuit = host.sockets.open(
		parseAddress(client.address),
		client.port,
		{
			opened(cause) {
				if (typeof circuit === 'string') return;
				sent = octets.length;
				circuit.send(octets, cause);
				if (!client.keepOpen) circuit.close(cause);
			},
			octets(came, cause) {
				if (over) return;
				received += came.length;
				digest.update(came);
				if (client.abortAfter === null || received < client.abortAfter || typeof circuit === 'string') return;
				circuit.abort(cause);
				finish('aborted');
			},
			ended(cause) {
				if (typeof circuit !== 'string') circuit.close(cause);
				finish('closed');
			},
			failed: (failure) => finish(failure)
		},
		0
	);
	if (typeof circuit === 'string') finish(circuit);
}

function read(file: string | null): Uint8Array {
	if (file === null) return new Uint8Array();
	try {
		return new Uint8Array(readFileSync(file));
	} catch (error) {
		throw new UsageError(`--send: ${error instanceof Error ? error.message : error}`);
	}
}
