import { describe, expect, test } from 'vitest';
import { everyCommand } from '#lib/pop3/commands.ts';
import { offers } from '#lib/pop3/habits.ts';
import { personalities, personality } from '#lib/pop3/personality.ts';
import { SERVERS, yard } from '#lib/levels/yard.ts';
import { refusal } from '#lib/levels/refusal.ts';
import { play } from './play.ts';

describe('the yard', () => {
	test('has every personality that there is', () => {
		expect(SERVERS.map(({ id }) => id).toSorted()).toEqual(Object.keys(personalities).toSorted());
	});

	test.each(SERVERS)('$id: chips and completion offer what this server takes', ({ id }) => {
		const { habits } = personality(id);
		const taken = everyCommand.flatMap(({ keyword }) => (offers(habits, keyword) ? [keyword] : []));
		expect(yard(id).offers).toEqual(taken);
	});

	test('a slip is set right by what this server takes, and the campaign’s servers take no CAPA', () => {
		const said = (id: 'rfc' | 'post' | 'no-uidl', line: string) => {
			const level = yard(id);
			const lines = ['connect post 110', line].map(
				(text) => ({ kind: 'type', host: 'desk', line: text }) as const
			);
			return refusal(level, play(level, lines).log)?.say;
		};
		expect(said('rfc', 'CPAA')).toBe('Did you mean CAPA?');
		expect(said('post', 'CPAA')).toMatch(/^CPAA is no POP3 command. Here the server takes USER, /);
		expect(said('post', 'CAPA')).toMatch(
			/^This server does not offer CAPA. Here it takes USER, PASS, APOP or QUIT/
		);
		expect(said('no-uidl', 'UDIL')).not.toContain('UIDL');
	});
});
