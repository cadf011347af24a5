// Lines typed at the desk, and a login, for the tests of the coach.
import type { Input } from '#lib/sim/event.ts';

const type = (line: string): Input => ({ kind: 'type', host: 'desk', line });

export const lines = (...all: string[]): Input[] => all.map(type);
export const login = ['USER ada', 'PASS lovelace'];
