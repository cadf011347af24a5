/**
 * Syncs as stories. `S: ` is a line from the server, `C: ` a line of the client, `* ` a letter stored, `! ` a complaint with
 * its place, `= ` what else happens. A story is compared whole.
 */
import { expect } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { ClientSession, type ClientEffect, type Letter } from '#lib/pop3/client-session.ts';
import { policy, type Settings } from '#lib/pop3/policy.ts';
import type { Known } from '#lib/pop3/popstate.ts';
import type { ServerSession, SessionEffect } from '#lib/pop3/server-session.ts';
import { linesOf, octets } from './story.ts';

export interface Mailing {
	readonly settings?: Settings;
	readonly known?: readonly Known[];
	readonly wanted?: readonly string[];
	readonly removed?: readonly string[];
	readonly now?: number;
	readonly user?: string;
	readonly password?: string;
	/** False: storage is full. */
	readonly keep?: (letter: Letter) => boolean;
}

/** A mail program of Ada's with this policy, and the letters that it has stored. */
export class Mailer {
	readonly letters: Letter[] = [];
	readonly session: ClientSession;

	constructor(name: string, mailing: Mailing = {}) {
		const { settings = {}, known = [], wanted = [], removed = [], now = 0, keep = () => true } = mailing;
		this.session = new ClientSession({
			policy: policy(name, settings),
			user: mailing.user ?? 'ada',
			password: mailing.password ?? 'lovelace',
			known,
			wanted,
			removed,
			now,
			keep: (letter) => {
				const stored = keep(letter);
				if (stored) this.letters.push(letter);
				return stored;
			}
		});
	}

	get problems(): string[] {
		return this.session.complaints.map(({ weight, what, where }) => `${weight}: ${what} (${where})`);
	}
}

/** What a story says of effects. */
function told(effects: readonly ClientEffect[]): string[] {
	return effects.flatMap((effect) => {
		switch (effect.type) {
			case 'write':
				return octetsToLatin1(effect.octets)
					.replace(/\r\n$/, '')
					.split('\r\n')
					.map((line) => `C: ${line}`);
			case 'close':
				return ['= close'];
			case 'log':
				if (effect.event.kind === 'mail.letter') {
					const { number, uid, whole, bytes } = effect.event;
					return [`* ${number} ${uid ?? '-'} ${whole ? 'whole' : 'part'} ${bytes.length}`];
				}
				if (effect.event.kind === 'mail.problem') return [`! ${effect.event.what} (${effect.event.where})`];
				return [];
			case 'wait':
				return [];
		}
	});
}

function actOf(session: ClientSession, line: string): (() => ClientEffect[]) | null {
	if (line === '= connected') return () => session.connected();
	if (line === '= ended') return () => session.ended();
	if (line === '= reset') return () => session.failed('reset');
	if (line === '= timeout') return () => session.timeout();
	if (line === 'S:') return () => session.octets(octets('\r\n'));
	// `S> ` is without CRLF: whatever a server might send
	if (line.startsWith('S> ')) return () => session.octets(octets(JSON.parse(`"${line.slice(3)}"`)));
	return line.startsWith('S: ') ? () => session.octets(octets(`${line.slice(3)}\r\n`)) : null;
}

/** Plays the server's lines to a client and demands exactly the client's. */
export function sync(mailer: Mailer, text: string): void {
	const wanted = linesOf(text);
	const happened: string[] = [];
	for (const line of wanted) {
		const act = actOf(mailer.session, line);
		if (!act) continue;
		happened.push(line, ...told(act()));
	}
	expect(happened).toEqual(wanted);
}

export interface Line {
	/** Octets of both directions after which the line is cut; absent: it is not. */
	readonly cut?: number;
	/** Octets of a segment; absent: each reply is one. */
	readonly mss?: number;
}

/** Client and server talk until both are silent; returns the story. Silence with a reply owed is the client's timeout. */
export function talk(
	mailer: Mailer,
	server: ServerSession,
	{ cut = Infinity, mss = Infinity }: Line = {}
): string[] {
	const { session } = mailer;
	const story: string[] = [];
	let left = cut;
	const queue: { to: 'client' | 'server'; octets: Uint8Array | null }[] = [];
	const say = (to: 'client' | 'server', effects: readonly (ClientEffect | SessionEffect)[]) => {
		for (const effect of effects) {
			if (effect.type === 'close') queue.push({ to, octets: null });
			if (effect.type === 'timer' && effect.timer === 'pause' && effect.after !== null)
				say('client', server.timeout('pause'));
			if (effect.type !== 'write') continue;
			for (let at = 0; at < effect.octets.length; at += mss)
				queue.push({ to, octets: effect.octets.subarray(at, Math.min(at + mss, effect.octets.length)) });
		}
	};
	const hear = (effects: readonly ClientEffect[]) => {
		story.push(...told(effects));
		say('server', effects);
	};
	hear(session.connected());
	say('client', server.open());
	for (let next = queue.shift(); next; next = queue.shift()) {
		const size = next.octets?.length ?? 0;
		if (left < size) {
			// what fits still arrives, then the line is dead for both
			const rest = next.octets?.subarray(0, left);
			if (rest && next.to === 'client') story.push(...told(session.octets(rest)));
			else if (rest) server.octets(rest);
			server.lost();
			story.push(...told(session.failed('reset')));
			return story;
		}
		left -= size;
		if (next.to === 'server') say('client', next.octets ? server.octets(next.octets) : server.ended());
		else if (next.octets) {
			const lines = octetsToLatin1(next.octets);
			if (mss === Infinity)
				story.push(
					...lines
						.replace(/\r\n$/, '')
						.split('\r\n')
						.map((line) => `S: ${line}`)
				);
			hear(session.octets(next.octets));
		} else if (!session.over) hear(session.ended());
	}
	if (!session.over) {
		story.push('= timeout');
		hear(session.timeout());
		server.lost();
	}
	return story;
}
