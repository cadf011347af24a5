/** What the coach says of a line that never left the terminal, and of one that was meant for the terminal itself. */
import { describe, expect, it } from 'vitest';
import { coach } from '#lib/levels/coach.ts';
import * as explain from '#lib/levels/explain.ts';
import { knock } from '#lib/levels/knock.ts';
import { lock } from '#lib/levels/lock.ts';
import { papers } from '#lib/levels/papers.ts';
import type { Level } from '#lib/levels/level.ts';
import type { Input } from '#lib/sim/event.ts';
import { play } from './play.ts';
import { lines } from './typed.ts';

const message = (level: Level, ...inputs: Input[]) => coach(level, play(level, inputs).log, explain).message;

describe('with no line open', () => {
	it.each([
		['conect post 110', 'Did you mean connect? Knock: connect post 110'],
		['conenct post 110', 'Did you mean connect? Knock: connect post 110'],
		['connct', 'Did you mean connect? Knock: connect post 110'],
		['CONECT post', 'Did you mean connect? Knock: connect post 110'],
		['connect pots 110', 'Did you mean post? Knock: connect post 110'],
		['connect mail.post.exampel', 'Did you mean mail.post.example? Knock: connect post 110'],
		['USER ada', 'No line is open, so USER reaches nobody. Knock: connect post 110'],
		['quit', 'No line is open, so QUIT reaches nobody. Knock: connect post 110']
	])('%s', (line, say) => {
		expect(message(knock, ...lines(line))).toMatchObject({ kind: 'refused', say, rewindTo: null });
	});

	it.each(['', 'please', 'connect', 'connect nowhere', 'connect post x', 'connect post 109'])(
		'%j is left to the terminal and the next step',
		(line) => {
			expect(message(knock, ...lines(line))?.say ?? '').not.toMatch(/Did you mean|reaches nobody/);
		}
	);

	it('is said of the last line only, and no more once a question is answered', () => {
		const slip = lines('conect post 110');
		expect(message(knock, ...slip, ...lines('please'))).toBeNull();
		expect(message(knock, ...slip, { kind: 'answer', question: 'first', value: 'post' })).toBeNull();
	});

	it('is silent while the line is being opened, and at a host where the player does not sit', () => {
		const { log } = play(knock, lines('connect post 110'));
		const typed = log.findIndex((event) => event.kind === 'input');
		const connecting = log.findIndex((event) => event.kind === 'pop3.state' && event.to === 'connecting');
		const input = log[typed];
		if (input?.kind !== 'input') throw new Error('nothing typed');
		const user = { ...input, seq: connecting + 1, input: { kind: 'type', host: 'desk', line: 'USER ada' } };
		expect(
			explain.mistyped(knock, [...log.slice(0, connecting + 1), user as typeof input], user as typeof input)
		).toBeNull();
		const away = { ...input, input: { kind: 'type', host: 'r1', line: 'USER ada' } };
		expect(explain.mistyped(lock, [away as typeof input], away as typeof input)).toBeNull();
	});
});

describe('with a line open', () => {
	it('the terminal’s own word is known for what it is', () => {
		expect(message(papers, ...lines('conect post 110'))).toMatchObject({
			kind: 'refused',
			say: 'Did you mean connect? A line is open already: QUIT ends it.'
		});
	});

	it('the server’s words come first', () => {
		expect(message(papers, ...lines('USRE ada'))?.say).toBe('Did you mean USER?');
	});
});
