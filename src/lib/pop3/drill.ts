/**
 * Puts a server through the transcripts. Its law: each is held with a real session over a box of its own, so the same
 * arrows give the same outcome, octet for octet, and nothing else in the world notices.
 */
import { letter } from '#lib/mail/letters.ts';
import { latin1ToOctets, octetsToLatin1 } from '#lib/mail/octets.ts';
import { ServerSession, type SessionEffect } from './server-session.ts';
import { stateOf } from './step.ts';
import { createStore } from './store.ts';
import { CUT, TRANSCRIPTS, type DrillStep, type Outcome, type Transcript } from './transcripts.ts';
import type { Wire } from './wiring.ts';

const USER = 'ada';

/** Holds all six with a server of these words and arrows. */
export function drill(personality: string, wires: readonly Wire[]): readonly Outcome[] {
	return TRANSCRIPTS.map((transcript) => hold(transcript, personality, wires));
}

function hold({ id, lines, letters }: Transcript, personality: string, wires: readonly Wire[]): Outcome {
	const messages = ['welcome', 'won', 'dots', 'photo'].map(letter);
	const store = createStore([{ name: USER, password: 'lovelace', messages }]);
	const session = new ServerSession({ id, store, personality, wires });
	session.open();
	let path = 'AUTHORIZATION.waitingForName';
	const count = () => store.box(USER)?.messages.length ?? 0;
	const steps = lines.map(([say, reply, states]): DrillStep => {
		const effects = say === CUT ? session.lost() : session.octets(latin1ToOctets(`${say}\r\n`));
		const moves = movesOf(effects);
		path = moves.at(-1) ?? path;
		const through = moves.map(stateOf).filter((state, i, all) => i === 0 || state !== all[i - 1]);
		const gone = (through.length > 1 ? through.filter((state) => state !== 'AUTHORIZATION') : through).join(
			' '
		);
		const heard = replyOf(effects);
		const went = gone === '' ? stateOf(path) : gone;
		const passed = heard.startsWith(reply) && (reply !== '' || heard === '') && went === states;
		return { say, wanted: { reply, states }, reply: heard, states: went, path, letters: count(), passed };
	});
	const passed = steps.every((step) => step.passed) && count() === letters;
	return { id, passed, letters: count(), steps };
}

/** Paths of the states reached, one after another. */
function movesOf(effects: readonly SessionEffect[]): readonly string[] {
	return effects.flatMap((effect) =>
		effect.type === 'log' && effect.event.kind === 'pop3.state' ? [effect.event.path ?? effect.event.to] : []
	);
}

function replyOf(effects: readonly SessionEffect[]): string {
	const written = effects.find((effect) => effect.type === 'write');
	return written?.type === 'write' ? (octetsToLatin1(written.octets).split('\r\n')[0] ?? '') : '';
}
