// The table of commands and the server's chart agree: what is valid moves or answers, what is not is refused.
import { describe, expect, test } from 'vitest';
import { commands, everyCommand, type Keyword } from '#lib/pop3/commands.ts';
import type { BadLineEvent, CommandEvent } from '#lib/pop3/grammar.ts';
import { offers, type Habits } from '#lib/pop3/habits.ts';
import { personality } from '#lib/pop3/personality.ts';
import type { ServerEvent } from '#lib/pop3/server-events.ts';
import { serverMachine } from '#lib/pop3/server.machine.ts';
import { pathOf, stateOf, step } from '#lib/pop3/step.ts';
import { type Server, command, serverEvents, serverSnapshots } from './walks.ts';

/** A server that offers every command that any server here does. */
const everything: Habits = {
	...personality('rfc').habits,
	offers: everyCommand.map(({ keyword }) => keyword).filter((keyword) => !['RPOP', 'XTND'].includes(keyword))
};

describe('table and chart agree', () => {
	const atRest = (snapshot: Server) => snapshot.status === 'active' && !snapshot.hasTag('asking');

	/**
	 * The events that the states of a snapshot handle themselves, innermost first: a state that has `*` hears what is not its own
	 * there, so nothing of it reaches those around it. The root's wildcard refuses the rest.
	 */
	const handled = (snapshot: Server): Set<string> => {
		const nodes = snapshot._nodes.filter((node) => node.parent !== undefined);
		const own = new Set<string>();
		for (const node of nodes.sort((a, b) => b.path.length - a.path.length)) {
			const events = Object.keys(node.config.on ?? {});
			events.filter((type) => type !== '*').forEach((type) => own.add(type));
			if (events.includes('*')) break;
		}
		return own;
	};

	const byState = new Map(serverSnapshots.map((snapshot) => [pathOf(snapshot), snapshot]));
	const refusals = (snapshot: Server, event: ServerEvent) =>
		step(serverMachine, snapshot, event)
			.passages.flatMap(({ effects }) => effects)
			.flatMap(({ type, params }) => (type === 'refuse' ? [JSON.parse(JSON.stringify(params)).fault] : []));

	test('the walk has come to every state in which a line can be heard', () => {
		const heard = [...byState].filter(([, snapshot]) => atRest(snapshot)).map(([path]) => path);
		expect(heard.sort()).toEqual(
			[
				'AUTHORIZATION.exchanging',
				'AUTHORIZATION.waitingForName',
				'AUTHORIZATION.waitingForPassword',
				'TRANSACTION',
				'closed',
				'listening'
			].filter((path) => path !== 'closed')
		);
	});

	test.each([...byState])('in %s', (path, some) => {
		const snapshot = serverMachine.resolveState({
			value: some.value,
			context: { ...some.context, habits: everything }
		});
		const own = handled(snapshot);
		const hears = atRest(snapshot) && !snapshot.hasTag('exchanging');
		for (const { keyword, states, example } of everyCommand) {
			const served = offers(everything, keyword);
			const allowed = hears && served && states.some((state) => state === stateOf(path));
			expect(own.has(keyword), `${keyword} in the chart`).toBe(allowed);
			if (snapshot.status !== 'active') continue;
			const refused = refusals(snapshot, command(example));
			expect(refused.includes('wrongState'), `${keyword} refused: ${refused}`).toBe(served && !allowed);
			expect(refused.includes('retired'), `${keyword} retired: ${refused}`).toBe(!served);
		}
	});

	test('what a server does not offer it calls unknown, whatever the state', () => {
		for (const snapshot of serverSnapshots.filter(atRest)) {
			const { habits } = snapshot.context;
			if (habits.staysSilent) continue;
			for (const { keyword, example, ...row } of everyCommand) {
				if (offers(habits, keyword)) continue;
				const inPlace = pathOf(snapshot).startsWith('AUTHORIZATION.waiting');
				const tls = inPlace ? 'tlsNotOffered' : 'wrongState';
				const why = keyword === 'STLS' ? tls : 'retired' in row ? 'retired' : 'notOffered';
				const [fault] = refusals(snapshot, command(example));
				expect([why, 'tooManyBad'], keyword).toContain(fault);
			}
		}
	});

	test('no state handles a command that the table does not have', () => {
		const known: readonly string[] = everyCommand.map(({ keyword }: { keyword: Keyword }) => keyword);
		const world = new Set(
			serverEvents.filter((event) => !('lines' in event)).map(({ type }) => type as string)
		);
		for (const snapshot of serverSnapshots) {
			for (const type of handled(snapshot)) expect(known.includes(type) || world.has(type), type).toBe(true);
		}
	});

	test('a malformed command is refused where the command is valid, and moves nothing', () => {
		for (const snapshot of serverSnapshots.filter(atRest)) {
			const { habits, bads, drop } = snapshot.context;
			if (habits.badLimit[0] !== null && bads >= 1) continue;
			for (const { keyword } of commands.filter((row) => handled(snapshot).has(row.keyword))) {
				const bad = command(`${keyword} `);
				expect(bad).toMatchObject({ type: keyword, fault: expect.any(String) });
				const { snapshot: after, passages } = step(serverMachine, snapshot, bad);
				expect(passages.flatMap(({ effects }) => effects)).toEqual([
					{ type: 'refuse', params: { fault: offers(habits, keyword) ? bad.fault : 'notOffered', about: '' } }
				]);
				expect([after.value, after.context.drop]).toEqual([snapshot.value, drop]);
			}
		}
	});

	test('a line read in a state at rest has exactly one reply, a refusal or a question to the store', () => {
		const lines = serverEvents.filter(
			(event): event is CommandEvent | BadLineEvent => 'lines' in event || event.type === 'BAD LINE'
		);
		for (const snapshot of serverSnapshots.filter(atRest)) {
			for (const event of lines) {
				const effects = step(serverMachine, snapshot, event).passages.flatMap((passage) => passage.effects);
				const answers = effects.filter(({ type }) =>
					/^(reply|refuse$|lookUpName$|openMaildrop$|expunge$|staySilent$)/.test(type)
				);
				expect(answers, `${event.type} in ${pathOf(snapshot)}`).toHaveLength(1);
				if (!snapshot.context.habits.staysSilent) expect(answers[0]?.type).not.toBe('staySilent');
			}
		}
	});
});
