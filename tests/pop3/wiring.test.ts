// Arrows aimed elsewhere: what the server then does, as it is heard; and the transcripts that find it out.
import { describe, expect, it } from 'vitest';
import { getInitialMicrosteps } from 'xstate';
import { latin1ToOctets, octetsToLatin1 } from '#lib/mail/octets.ts';
import { letter } from '#lib/mail/letters.ts';
import { drill } from '#lib/pop3/drill.ts';
import { ServerSession } from '#lib/pop3/server-session.ts';
import { serverMachine } from '#lib/pop3/server.machine.ts';
import { createStore } from '#lib/pop3/store.ts';
import { chartOf } from '#lib/pop3/compiled.ts';
import { pathOf } from '#lib/pop3/step.ts';
import { CUT, TRANSCRIPTS } from '#lib/pop3/transcripts.ts';
import { ARROWS, arrowsWith, PLACES, wired, wireProblem, type Wire } from '#lib/pop3/wiring.ts';

const USER: Wire = { from: 'AUTHORIZATION', on: 'USER', to: 'TRANSACTION' };
const DELE: Wire = { from: 'TRANSACTION', on: 'DELE', to: 'TRANSACTION', expunges: true };
const QUIT: Wire = { from: 'AUTHORIZATION', on: 'QUIT', to: 'UPDATE' };

/** Says the lines to a server with these arrows; what it answers, where it is, and what is left. */
function talk(wires: readonly Wire[], ...lines: string[]) {
	const messages = ['welcome', 'won'].map(letter);
	const store = createStore([{ name: 'ada', password: 'lovelace', messages }]);
	const session = new ServerSession({ id: 's', store, personality: 'rfc', wires });
	session.open();
	const heard: string[] = [];
	const states: string[] = [];
	for (const line of lines)
		for (const effect of line === CUT ? session.lost() : session.octets(latin1ToOctets(`${line}\r\n`))) {
			if (effect.type === 'write') heard.push(octetsToLatin1(effect.octets).slice(0, 4).trim());
			if (effect.type === 'log' && effect.event.kind === 'pop3.state') states.push(effect.event.to);
		}
	const box = store.box('ada');
	return {
		heard: heard.join(' '),
		states: states.join(' '),
		at: pathOf(session.snapshot),
		left: box?.messages.length,
		locked: box?.heldBy !== null
	};
}

describe('the arrows', () => {
	it('are those of the chart that runs', () => {
		for (const { from, on, to } of ARROWS) {
			const state = from
				.split('.')
				.reduce((node, key) => node.states[key] ?? node, serverMachine.root as Node);
			const goals = (state.transitions.get(on) ?? []).map(
				({ target }) => target?.[0]?.path.join('.') ?? from
			);
			expect(goals, `${from} ${on}`).toContain(on === 'PASS' ? 'AUTHORIZATION.openingMaildrop' : to);
		}
	});

	it('as they are by right make the very chart that runs', () => {
		expect(wired()).toBe(serverMachine);
		expect(wired(ARROWS)).toBe(serverMachine);
		expect(wired([DELE, { from: 'TRANSACTION', on: 'DELE', to: 'TRANSACTION' }])).toBe(serverMachine);
	});

	it('make one chart for one way of aiming, which runs as fast as the other', () => {
		expect(wired([USER, DELE])).toBe(wired([DELE, USER]));
		expect(chartOf(wired([USER, DELE, QUIT]))).not.toBeNull();
		expect(
			getInitialMicrosteps(wired([USER]), { habits: {} as never, stamp: null, challenge: '' })
		).toHaveLength(1);
	});

	it('that are not there cannot be aimed', () => {
		expect(wireProblem(USER)).toBeNull();
		expect(wireProblem({ ...USER, on: 'STAT' })).toBe('no arrow leads from AUTHORIZATION on STAT');
		expect(wireProblem({ ...USER, to: 'listening' as 'closed' })).toBe('no arrow can lead to listening');
	});

	it('wherever they lead leave no line without one reply, and no lock behind a session that is over', () => {
		for (const arrow of ARROWS)
			for (const to of PLACES)
				for (const expunges of [undefined, true] as const) {
					const wire: Wire = { ...arrow, to, ...(expunges && { expunges }) };
					const before = arrow.from === 'TRANSACTION' ? ['USER ada', 'PASS lovelace'] : [];
					const line = { USER: 'USER ada', PASS: 'PASS lovelace', LOST: CUT, RETR: 'RETR 1', DELE: 'DELE 1' };
					const said = line[arrow.on as keyof typeof line] ?? arrow.on;
					const user = arrow.on === 'PASS' ? ['USER ada'] : [];
					const { heard, at, locked } = talk([wire], ...before, ...user, said);
					const replies = before.length + user.length + (said === CUT ? 0 : 1);
					expect(heard.split(' ').filter(Boolean).length, JSON.stringify(wire)).toBe(replies);
					if (at === 'closed' || at.startsWith('AUTH')) expect(locked, JSON.stringify(wire)).toBe(false);
				}
	});
});

interface Node {
	readonly states: Readonly<Record<string, Node>>;
	readonly transitions: ReadonlyMap<
		string,
		readonly { target?: readonly { path: string[] }[] | undefined }[]
	>;
}

describe('the three wrong arrows', () => {
	it('USER to TRANSACTION: a name opens and locks the box', () => {
		expect(talk([USER], 'USER ada', 'STAT')).toEqual({
			heard: '+OK +OK',
			states: 'AUTHORIZATION TRANSACTION',
			at: 'TRANSACTION',
			left: 2,
			locked: true
		});
		expect(talk([USER], 'USER nobody')).toMatchObject({ heard: '-ERR', at: 'AUTHORIZATION.waitingForName' });
	});

	it('DELE removes at once: no RSET brings the letter back, and no QUIT is needed', () => {
		const login = ['USER ada', 'PASS lovelace'];
		expect(talk([DELE], ...login, 'DELE 1')).toMatchObject({ heard: '+OK +OK +OK', left: 1 });
		expect(talk([DELE], ...login, 'DELE 1', 'RSET', CUT)).toMatchObject({
			at: 'closed',
			left: 1,
			locked: false
		});
		expect(talk([], ...login, 'DELE 1', CUT)).toMatchObject({ left: 2, locked: false });
	});

	it('QUIT before login to UPDATE: it goes through the state of removing, with nothing to remove', () => {
		expect(talk([QUIT], 'QUIT')).toMatchObject({ heard: '+OK', states: 'UPDATE closed', left: 2 });
		expect(talk([], 'QUIT')).toMatchObject({ heard: '+OK', states: 'closed', left: 2 });
	});
});

describe('the drill', () => {
	const passed = (wires: readonly Wire[]) =>
		drill('post', wires).flatMap(({ id, passed }) => (passed ? [id] : []));

	it('is passed by every arrow as it is by right, in the words of any server', () => {
		for (const personality of ['post', 'rfc', 'dovecot', 'report'])
			expect(drill(personality, []).filter(({ passed }) => !passed)).toEqual([]);
		expect(passed(ARROWS)).toEqual(TRANSCRIPTS.map(({ id }) => id));
	});

	it('finds each wrong arrow', () => {
		expect(passed([USER])).toEqual(['stranger', 'leave']);
		expect(passed([DELE])).toEqual(['stranger', 'name', 'leave']);
		expect(passed([QUIT])).toEqual(['stranger', 'name', 'undo', 'cut', 'goodbye']);
		expect(passed([USER, DELE, QUIT])).toEqual(['stranger']);
	});

	it('finds every other way of aiming one arrow that can be heard or that loses mail', () => {
		const unheard = ARROWS.flatMap((arrow) =>
			PLACES.filter(
				(to) => to !== arrow.to && passed(arrowsWith([{ ...arrow, to }])).length === TRANSCRIPTS.length
			).map((to) => `${arrow.on} ${to}`)
		);
		// none of the six says LIST, NOOP or RETR after login, and none goes on after STAT but by QUIT
		expect(unheard.filter((line) => !/^(LIST|NOOP|RETR) /.test(line))).toEqual([]);
	});

	it('tells line by line what was wanted and what came', () => {
		const cut = drill('post', [DELE]).find(({ id }) => id === 'cut');
		expect(cut?.letters).toBe(2);
		expect(cut?.steps.map(({ say, letters, passed }) => [say, letters, passed])).toEqual([
			['USER ada', 4, true],
			['PASS lovelace', 4, true],
			['DELE 1', 3, true],
			['DELE 2', 2, true],
			[CUT, 2, true]
		]);
		const leave = drill('post', [QUIT]).find(({ id }) => id === 'leave');
		expect(leave?.steps).toEqual([
			{
				say: 'QUIT',
				wanted: { reply: '+OK', states: 'closed' },
				reply: expect.stringMatching(/^\+OK/) as string,
				states: 'UPDATE closed',
				path: 'closed',
				letters: 4,
				passed: false
			}
		]);
	});

	it('is the same twice', () => {
		expect(drill('post', [USER, DELE])).toEqual(drill('post', [USER, DELE]));
	});
});
