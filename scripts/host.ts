/**
 * `npm run --silent host -- --address 192.0.2.2 --peer 192.0.2.1 …`: one simulated host in real time, raw IPv4 packets on
 * standard input and output. Exit codes: 0 when standard input ends or the mail is fetched, 1 when it ends within a packet,
 * the other side goes away badly or the mail is not all fetched, 2 for a command line that cannot be.
 */
import { isatty } from 'node:tty';
import { Host } from '#lib/sim/host.ts';
import { openOffice } from '#lib/sim/pop3-office.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { connect } from './host/connect.ts';
import { fetchMail } from './host/fetch.ts';
import { maildirStore, readUsers } from './host/maildir.ts';
import { optionsOf, USAGE, UsageError, type Options } from './host/options.ts';
import { HOST, linkOf, RealTime } from './host/real-time.ts';
import { PacketReader, PacketWriter, writableOf } from './host/wire.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

function main(options: Options): void {
	const { address, peer, mtu, seed, stack, pop3, client, mail, trace } = options;
	const store = pop3 && maildirStore(pop3.maildir, readUsers(pop3.users));
	if (isatty(1))
		throw new UsageError('standard output carries packets: attach it to a program, not a terminal');
	const stdout = writableOf(1);
	const writer = new PacketWriter(stdout);
	const reader = new PacketReader();
	const kernel = new RealTime(
		writer,
		trace ? (at, body) => say(JSON.stringify({ at, ...body, bytes: undefined })) : null
	);
	const host = new Host({ id: HOST, role: 'server', address, stack }, seed, kernel);
	const link = linkOf(mtu);
	host.attach(link, parseAddress(peer));
	host.setRoute({ to: '0.0.0.0/0', link: link.spec.id });
	if (store && pop3) {
		const { personality, apop } = pop3;
		openOffice({ host: HOST, name: address }, { personality, apop }, store, {
			kernel,
			sockets: host.sockets
		});
	}

	let over = false;
	function end(problem: string | null): void {
		if (over) return;
		over = true;
		kernel.stop();
		writer.end();
		process.stdin.destroy();
		say(JSON.stringify({ ...kernel.counts, ...(problem !== null && { problem }) }));
		if (problem !== null) process.exitCode = 1;
	}
	process.stdin.on('data', (chunk: Buffer) => {
		if (over) return;
		const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
		kernel.act(() => reader.push(bytes, (packet) => kernel.deliver(host, packet)));
	});
	process.stdin.on('end', () => {
		const cut = reader.unfinished;
		end(cut > 0 ? `standard input ended within a packet, after ${cut} octets of it and its length` : null);
	});
	process.stdin.on('error', (error) => end(`standard input: ${error.message}`));
	// whoever stops reading has gone away
	stdout.on('error', (error: NodeJS.ErrnoException) =>
		end(error.code === 'EPIPE' ? null : `standard output: ${error.message}`)
	);
	say(`host ${address}: peer ${peer}, MTU ${mtu}, seed ${seed}${pop3 ? ', POP3 on port 110' : ''}`);
	if (mail)
		kernel.act(() => {
			fetchMail(host, kernel, mail, (report) => {
				say(JSON.stringify(report));
				// not within the kernel's turn, which would set its alarm again
				setImmediate(() => end(report.failure));
			});
		});
	if (client) kernel.act(() => connect(host, client, (report) => say(JSON.stringify(report))));
}

try {
	const options = optionsOf(process.argv.slice(2));
	if (options) main(options);
	else say(USAGE);
} catch (error) {
	if (!(error instanceof UsageError)) throw error;
	say(`host: ${error.message}`);
	process.exitCode = 2;
}
