/** A person at a real socket: says a line, hears the whole reply. Knows of POP3 only where a reply ends. */
import { connect, type Socket } from 'node:net';

export interface Talk {
	/** What the server says first. */
	readonly greeting: string;
	/**
	 * Sends `line` and its CRLF; returns the lines of the reply, without their CRLF. With `multi`, a reply that begins with `+OK` goes
	 * on to a lone dot, which is left out. `['(closed)']` where the server closes instead of answering.
	 */
	say(line: string, multi?: boolean): Promise<string[]>;
	/** The same with octets (latin1) as they are. */
	send(octets: string, multi?: boolean): Promise<string[]>;
	/** Resolves when the server has closed. */
	closed(): Promise<void>;
	/** Breaks the connection off. */
	drop(): void;
}

export async function talk(port: number): Promise<Talk> {
	const socket = connect(port, '127.0.0.1');
	socket.setNoDelay(true);
	const read = reader(socket);
	const greeting = (await read(false)).join('\n');
	const send = (octets: string, multi = false) => {
		socket.write(octets, 'latin1');
		return read(multi);
	};
	return {
		greeting,
		send,
		say: (line, multi) => send(`${line}\r\n`, multi),
		async closed() {
			if ((await read(false))[0] !== CLOSED) throw new Error('the server goes on talking');
		},
		drop: () => socket.destroy()
	};
}

const CLOSED = '(closed)';

/** Reads one reply after the other from a socket. */
function reader(socket: Socket): (multi: boolean) => Promise<string[]> {
	let text = '';
	let over = false;
	let wake = () => {};
	socket.on('data', (octets: Buffer) => {
		text += octets.toString('latin1');
		wake();
	});
	for (const end of ['end', 'close', 'error'] as const)
		socket.on(end, () => {
			over = true;
			wake();
		});

	/** The next line, without its CRLF; null after the last. */
	async function line(): Promise<string | null> {
		for (;;) {
			const end = text.indexOf('\r\n');
			if (end >= 0) {
				const found = text.slice(0, end);
				text = text.slice(end + 2);
				return found;
			}
			if (over) return null;
			await new Promise<void>((resolve) => (wake = resolve));
		}
	}
	return async (multi) => {
		const status = await line();
		if (status === null) return [CLOSED];
		const lines = [status];
		if (!multi || !status.startsWith('+OK')) return lines;
		for (let next = await line(); next !== '.'; next = await line()) {
			if (next === null) return [...lines, CLOSED];
			lines.push(next);
		}
		return lines;
	};
}
