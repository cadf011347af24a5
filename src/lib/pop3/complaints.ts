/**
 * What a mail program has to complain of, in words, with the place. A `remark` lets the session go on; after a `stop`
 * nothing more is asked but QUIT; after a `drop` not even that, so that the server deletes nothing.
 */
import type { Failure } from './client.machine.ts';
import { firstOwed, sizeOf } from './mail-context.ts';
import type { At } from './mail-events.ts';
import { quoted, whereIn, type Problem } from './reply.ts';
import { refusalOf, type Refusal } from './reply-data.ts';
import { labelOf } from './request.ts';

export interface Complaint extends Problem {
	readonly weight: 'remark' | 'stop' | 'drop';
}

type Complain = (at: At) => Complaint;

/** A complaint about the reply to the oldest command. */
const about =
	(weight: Complaint['weight'], say: (at: At) => string): Complain =>
	(at) => ({ weight, what: say(at), where: whereIn(labelOf(firstOwed(at.context)), 1) });

const wordsOf = ({ event }: At): string => ('text' in event ? quoted(event.text) : '');
const whereOf = ({ event }: At): string => ('where' in event ? event.where : '');
const numberOf = ({ context }: At): number => firstOwed(context).number ?? 0;

/** Octets announced by LIST for the message in hand, and those that came. */
function sizes({ context, event }: At): { listed: number; came: number } {
	const number = firstOwed(context).number ?? 0;
	const doubt = context.doubts.find((one) => one.number === number);
	const came = event.type === 'OK' && event.data.is === 'letter' ? event.data.size : (doubt?.size ?? 0);
	return { listed: sizeOf(context, number) ?? 0, came };
}

const FAILURES: Readonly<Record<Failure, string>> = {
	refused: 'the connection was refused',
	reset: 'the connection was reset',
	timeout: 'the connection timed out',
	'unknown-host': 'nobody has this name',
	unreachable: 'no way leads there',
	aborted: 'the connection was cut off here'
};

const REFUSALS: Readonly<Record<Refusal, string>> = {
	busy: 'the maildrop is in use: try again later',
	'too soon': 'the last login was too short a time ago: try again later',
	temporary: 'the server has a fault for the moment: try again later',
	permanent: 'the server has a fault that somebody must mend',
	credentials: 'wrong name or password',
	unsaid: 'login refused'
};

function refusal(at: At): string {
	const { capabilities, policy } = at.context;
	const text = 'text' in at.event ? at.event.text : '';
	return `${REFUSALS[refusalOf(text, capabilities, policy.guesses)]}: ${wordsOf(at)}`;
}

export const complaints = {
	misread: ({ event }) => {
		const { what, where } = event.type === 'MISREAD' ? event : { what: '', where: '' };
		return { weight: 'drop', what, where };
	},
	ended: (at) => ({ weight: 'drop', what: 'the server closed the connection', where: whereOf(at) }),
	silent: (at) => ({ weight: 'drop', what: 'timed out: nothing more came', where: whereOf(at) }),
	failed: (at) => ({
		weight: 'drop',
		what: at.event.type === 'FAILED' ? FAILURES[at.event.error] : '',
		where: whereOf(at)
	}),
	unwelcome: about('drop', (at) => `the server does not want to speak: ${wordsOf(at)}`),
	/** The next way may lead in. */
	loginRefused: about('remark', refusal),
	/** No other way would. */
	loginDenied: about('stop', refusal),
	noWayIn: () => ({ weight: 'stop', what: 'no way to log in is left', where: 'login' }),
	listingRefused: about('stop', (at) => `refused: ${wordsOf(at)}`),
	countDiffers: about('stop', ({ context, event }) => {
		const listed = event.type === 'OK' && event.data.is === 'sizes' ? event.data.sizes.length : 0;
		return `${listed} letters are listed, but STAT said ${context.count}`;
	}),
	octetsDiffer: about('remark', ({ context, event }) => {
		const rows = event.type === 'OK' && event.data.is === 'sizes' ? event.data.sizes : [];
		const sum = rows.reduce((octets, { size }) => octets + size, 0);
		return `the letters have ${sum} octets together, but STAT said ${context.octets}`;
	}),
	uidsAreBroken: about('stop', (at) => `refused although CAPA announces UIDL: ${wordsOf(at)}`),
	uidsAreMissing: about(
		'stop',
		(at) => `without unique-ids letters cannot be left on the server: ${wordsOf(at)}`
	),
	uidsAreDoneWithout: about('remark', (at) => `no unique-ids, everything is fetched: ${wordsOf(at)}`),
	uidsDiffer: about('stop', () => 'its message numbers are not those of LIST'),
	namesAreNew: ({ context: { known } }) => {
		const letters = known.length === 1 ? 'the one known letter' : `${known.length} known letters`;
		const what = `none of the unique-ids of ${letters} is there any more`;
		return { weight: 'remark', what, where: whereIn('UIDL', 1) };
	},
	topRefused: about('remark', (at) => `refused, the whole letter is fetched instead: ${wordsOf(at)}`),
	letterRefused: about('remark', (at) => `a letter that was listed is refused: ${wordsOf(at)}`),
	flawed: ({ event }) => {
		const flaw = event.type === 'OK' && event.data.is === 'letter' ? event.data.flaw : null;
		return { weight: 'remark', what: flaw?.what ?? '', where: flaw?.where ?? '' };
	},
	short: about('remark', (at) => {
		const { listed, came } = sizes(at);
		return `message ${numberOf(at)} came with ${came} octets of the ${listed} announced: not stored`;
	}),
	long: about('remark', (at) => {
		const { listed, came } = sizes(at);
		return `message ${numberOf(at)} came with ${came} octets where ${listed} were announced`;
	}),
	renumbered: about('drop', (at) => {
		const now = at.event.type === 'OK' && at.event.data.is === 'size' ? at.event.data.size : 0;
		const { listed } = sizes(at);
		return `message ${numberOf(at)} had ${listed} octets and has ${now} now: its number means another letter`;
	}),
	gone: about('drop', (at) => `message ${numberOf(at)} was listed and is not there any more: ${wordsOf(at)}`),
	notDeleted: about('remark', (at) => `not deleted: ${wordsOf(at)}`),
	notStored: ({ event }) => {
		const number = event.type === 'NOT KEPT' ? event.number : 0;
		return { weight: 'stop', what: `message ${number} could not be stored here`, where: 'storage' };
	},
	notUpdated: about('stop', (at) => `not everything that was marked is deleted: ${wordsOf(at)}`)
} satisfies Record<string, Complain>;
