// A terminal, connected and greeted, and what it shows and reports.
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { TerminalSession, type TerminalEffect } from '#lib/pop3/terminal-session.ts';
import { octets } from './story.ts';

export function shown(effects: readonly TerminalEffect[]): string[] {
	return effects.flatMap((effect) => {
		switch (effect.type) {
			case 'write':
				return [`> ${JSON.stringify(octetsToLatin1(effect.octets)).slice(1, -1)}`];
			case 'print':
				return [`${effect.origin === 'local' ? '*' : '<'} ${JSON.stringify(effect.octets).slice(1, -1)}`];
			case 'connect':
				return [`= connect ${effect.host} ${effect.port}`];
			case 'close':
				return ['= close'];
			case 'log':
				return [];
		}
	});
}

export function received(effects: readonly TerminalEffect[]) {
	return effects.flatMap((effect) =>
		effect.type === 'log' && effect.event.kind === 'pop3.received' ? [effect.event] : []
	);
}

export function connected(): TerminalSession {
	const terminal = new TerminalSession();
	terminal.typed('connect post');
	terminal.connected('a>b');
	return terminal;
}

/** Connected, greeted, nothing owed. */
export function ready(): TerminalSession {
	const terminal = connected();
	terminal.octets(octets('+OK ready\r\n'));
	return terminal;
}

export const short = (effects: readonly TerminalEffect[]) =>
	received(effects).map(({ keyword, ok, lines }) => `${keyword} ${ok} ${lines}`);
