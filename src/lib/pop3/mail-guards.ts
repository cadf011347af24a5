/** The conditions of the mail program's chart, by their names there: pure questions to what it holds and what it has just heard. */
import * as held from './mail-context.ts';
import { dataIn, numberIn, type At } from './mail-events.ts';
import { refusalOf } from './reply-data.ts';

const octetsIn = (sizes: readonly { size: number }[]) => sizes.reduce((sum, { size }) => sum + size, 0);

export const guards = {
	asksCapabilities: ({ context }: At) => context.policy.capa,
	speaksUtf8: (at: At) => {
		const data = dataIn(at);
		return at.context.policy.utf8 && data.is === 'capabilities' && 'UTF8' in data.capabilities;
	},
	noWayIsLeft: ({ context }: At) => context.ways.length === 0,
	nextWayIs: ({ context }: At, { way }: { way: string }) => context.ways[0] === way,
	refusalIsFinal: ({ context, event }: At) =>
		event.type === 'ERR' &&
		!['unsaid', 'credentials'].includes(refusalOf(event.text, context.capabilities, context.policy.guesses)),
	maySend: ({ context }: At) => held.hasRoom(context),
	awaits: ({ context }: At, { keyword }: { keyword: string }) => context.owed[0]?.keyword === keyword,
	listingsAreNew: ({ context }: At) => !context.planned && held.namesAreNew(context),
	mayPlan: ({ context }: At) => !context.planned,
	deletionsWait: ({ context }: At) => context.toDelete.length > 0,
	isCheck: ({ context }: At) => held.firstOwed(context).check === true,
	isInHand: ({ context }: At) => {
		const { number, check } = held.firstOwed(context);
		return check === true && context.doubts.some((doubt) => doubt.number === number);
	},
	numberMoved: (at: At) => {
		const data = dataIn(at);
		return (
			held.firstOwed(at.context).check === true &&
			data.is === 'size' &&
			data.size !== held.sizeOf(at.context, data.number)
		);
	},
	cameShort: ({ context }: At) => {
		const number = numberIn({ context });
		const doubt = context.doubts.find((one) => one.number === number);
		const listed = held.sizeOf(context, number) ?? 0;
		return held.firstOwed(context).check === true && doubt !== undefined && doubt.size < listed;
	},
	countDiffers: (at: At) => {
		const data = dataIn(at);
		return at.context.policy.checks && data.is === 'sizes' && data.sizes.length !== at.context.count;
	},
	octetsDiffer: (at: At) => {
		const data = dataIn(at);
		return at.context.policy.checks && data.is === 'sizes' && octetsIn(data.sizes) !== at.context.octets;
	},
	uidsDiffer: (at: At) => !held.uidsFit(at.context, dataIn(at)),
	needsNoUids: ({ context }: At) => context.policy.withoutUidl === 'everything',
	uidsWereAnnounced: ({ context }: At) => context.capabilities !== null && 'UIDL' in context.capabilities,
	isFlawed: (at: At) => {
		const data = dataIn(at);
		return data.is === 'letter' && data.flaw !== null;
	},
	sizeDiffers: (at: At) => {
		const { context } = at;
		const data = dataIn(at);
		const whole = context.policy.checks && held.isWhole(held.firstOwed(context));
		return whole && data.is === 'letter' && data.size !== held.sizeOf(context, numberIn({ context }));
	},
	hasNoTop: ({ context }: At) => context.noTop,
	numbersMayHaveMoved: ({ context }: At) => context.policy.checks && context.marked.length > 0,
	isLoggedIn: ({ context }: At) => context.loggedIn
};
