/** 1.1: one line typed, five packets on the wire; a connection comes first, and in POP3 the server speaks first. */
import type { Input } from '#lib/sim/event.ts';
import { either, met, seen, type Match } from './goals.ts';
import { answered, packet, received, replied, tcpError, tcpState } from './matches.ts';
import type { Level, Question } from './level.ts';
import { t0 } from './topologies.ts';

const type = (line: string): Input => ({ kind: 'type', host: 'desk', line });
const answer = (value: string): Input => ({ kind: 'answer', question: 'first', value });

/** The first words on the line, by whoever speaks them. */
const words: Match = packet({ payload: true });

const first: Question = {
	id: 'first',
	kind: 'predict',
	ask: 'When this packet lands, the line is open. Who talks first?',
	form: {
		kind: 'choice',
		options: [
			{ value: 'post', label: 'post, the server' },
			{ value: 'desk', label: 'desk, that is me' }
		]
	},
	// before the server as much as writes its greeting: a packet under way would tell
	gate: either(replied('greeting', true), words),
	answer: (log) => {
		const spoken = seen(words)(log);
		return spoken?.kind === 'packet.sent' ? spoken.from : null;
	},
	explain: (_given, right) =>
		right === 'post'
			? 'desk kept quiet: packet 4 came from post. In POP3 the server greets first; on the web the visitor asks first.'
			: 'This time desk spoke before post had greeted.'
};

const connect = type('connect post 110');

export const knock: Level = {
	slug: 'knock',
	number: '1.1',
	chapter: 1,
	title: 'Knock on 110',
	concept: 'A connection comes first, and the server speaks first.',
	mission:
		'You are the new night clerk. Ada’s letters wait at post, and no line is open yet. Your machine is desk. Knock on door 110 of post, and watch what crosses the wire.',
	teaches: ['connect', 'connection', 'greeting'],
	breaks: ['M15'],
	lens: 1,
	scenario: t0(),
	seed: 110,
	prelude: [],
	terminal: 'desk',
	prefill: 'connect post 110',
	captions: ['knock', 'who’s there?', 'me'],
	goal: [
		{ say: 'desk’s end of the line is open', is: seen(tcpState('desk', 'ESTABLISHED', 110)) },
		{ say: 'post’s end of the line is open', is: seen(tcpState('post', 'ESTABLISHED', 110)) },
		{ say: 'The greeting has reached desk', is: seen(received('greeting', true, 'desk')) },
		{ say: 'You said who talks first', is: seen(answered('first')) }
	],
	questions: [first],
	par: [{ unit: 'command', n: 1 }],
	hints: [
		'The box at the lower left already holds your line.',
		'A post office cannot answer before you knock.',
		'Press Enter. If the box is empty, type: connect post 110'
	],
	milestones: [
		{
			is: met(seen(received('greeting', true, 'desk'))),
			next: 'Knock: send connect post 110 with Enter.',
			step: connect
		},
		{ is: met(seen(answered('first'))), next: 'Say who talks first.', step: answer('post') }
	],
	strays: [
		{
			is: tcpError('desk', 'refused'),
			say: 'Nobody listens behind that door. POP3 lives at 110: connect post 110',
			amended: met(seen(tcpState('desk', 'ESTABLISHED', 110)))
		}
	],
	showMe: [connect, answer('post')],
	alternatives: [
		[type('connect mail.post.example 110'), answer('desk')],
		[type('connect 198.51.100.25 110'), answer('post')],
		[type('connect post 25'), connect, answer('post')]
	],
	bypasses: [
		[answer('post')],
		[type('connect post 109'), answer('post')],
		[type('connect desk 110'), answer('post')],
		[type('USER ada'), answer('post')]
	],
	debrief:
		'Three small packets opened the line. A fourth carried words, a fifth said “got it”. You typed one line. Play it again with the lens turned (keys 1 to 4) to see what else went along.'
};
