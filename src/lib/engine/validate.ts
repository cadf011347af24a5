/**
 * The border's one check: whatever comes in from outside (a message, a saved game) is data of exactly the expected
 * shape, bounded in size and depth, or it is refused with a sentence that says what is wrong and where.
 */
import * as v from 'valibot';
import type { SavedGame, ToEngine } from './protocol.ts';
import { list, MAX_NAME, MAX_TEXT, name, text, whole } from './schemas.ts';
import { pop3 } from './validate-pop3.ts';

export type Checked<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Bounds on what one message may hold, checked before anything else is looked at. */
const MAX_DEPTH = 12;
const MAX_VALUES = 500_000;
const MAX_INPUTS = 20_000;
/** Longer than any line a server takes (RFC 2449 §4: 255 octets), so that too long a line can be tried. */
const MAX_LINE = 4_096;
const MAX_OCTETS = 65_536;
const MAX_HOSTS = 64;
const MAX_NAMES = 1_000;
const MAX_RULES = 256;
/** What fits into one datagram (65,535 octets) beside its headers. */
const MAX_PING = 65_507;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Plain objects, arrays and scalars only, no deeper and no more than allowed, and no key that reaches a prototype. */
function plainProblem(value: unknown): string | null {
	let values = 0;
	function walk(item: unknown, where: string, depth: number): string | null {
		if (++values > MAX_VALUES) return `more than ${MAX_VALUES} values`;
		if (typeof item !== 'object' || item === null) return null;
		if (depth > MAX_DEPTH) return `${where}: nested deeper than ${MAX_DEPTH}`;
		const prototype: unknown = Object.getPrototypeOf(item);
		if (!Array.isArray(item) && prototype !== null && Object.getPrototypeOf(prototype) !== null)
			return `${where}: not a plain object`;
		for (const key of Object.getOwnPropertyNames(item)) {
			if (Array.isArray(item) && key === 'length') continue;
			if (FORBIDDEN.has(key)) return `${where}: the key ${key} is refused`;
			const inner = Array.isArray(item) ? `${where}[${key}]` : where === '' ? key : `${where}.${key}`;
			const problem = walk(Object.getOwnPropertyDescriptor(item, key)?.value, inner, depth + 1);
			if (problem) return problem;
		}
		return null;
	}
	return walk(value, '', 0);
}

/** Characters of one octet each. */
const latin1 = (most: number) =>
	v.pipe(
		v.string(),
		v.maxLength(most),
		v.check((octets) => /^[\0-\xff]*$/.test(octets), 'Invalid character: above U+00FF, no octet')
	);

const filterRule = v.strictObject({
	action: v.picklist(['pass', 'drop', 'reject']),
	src: v.optional(name),
	dst: v.optional(name),
	protocol: v.optional(v.picklist(['icmp', 'tcp', 'udp'])),
	srcPort: v.optional(whole),
	dstPort: v.optional(whole),
	icmpType: v.optional(whole),
	icmpCode: v.optional(whole)
});
const filter = list(filterRule, MAX_RULES);

const bit = v.pipe(whole, v.maxValue(MAX_OCTETS * 8));
const u32 = v.pipe(whole, v.maxValue(0xffff_ffff));
const checksums = v.picklist(['fixed', 'kept']);
const short = v.pipe(latin1(MAX_TEXT), v.nonEmpty());
/** The three ways to say what to change. */
const edits = [
	{ checksums, field: name, value: u32 },
	{ checksums, bits: v.pipe(v.tuple([bit, bit]), v.readonly()), value: u32 },
	{ checksums, find: short, replace: short }
] as const;
const act = v.union([
	v.strictObject({ do: v.picklist(['drop', 'hold', 'release']) }),
	v.strictObject({ do: v.literal('delay'), by: whole }),
	v.strictObject({ do: v.literal('duplicate'), after: whole }),
	v.strictObject({ do: v.literal('corrupt'), bit }),
	v.strictObject({ do: v.literal('edit'), ...edits[0] }),
	v.strictObject({ do: v.literal('edit'), ...edits[1] }),
	v.strictObject({ do: v.literal('edit'), ...edits[2] }),
	v.strictObject({ do: v.literal('split'), at: whole }),
	v.strictObject({ do: v.literal('coalesce'), next: whole })
]);

const names = list(name, MAX_NAMES);
const account = v.strictObject({
	server: name,
	port: v.optional(whole),
	user: text,
	password: text,
	policy: name,
	settings: v.optional(
		v.partial(
			v.strictObject({
				login: list(v.picklist(['apop', 'cram-md5', 'plain', 'login', 'user']), MAX_NAME),
				capa: v.boolean(),
				utf8: v.boolean(),
				pipeline: whole,
				sizes: v.picklist(['list', 'each']),
				remember: v.boolean(),
				withoutUidl: v.picklist(['stop', 'everything']),
				fetch: v.picklist(['retr', 'top', 'header']),
				sizeLimit: v.nullable(whole),
				partLines: whole,
				keepDays: v.nullable(whole),
				deletes: v.picklist(['at once', 'at the end']),
				guesses: v.boolean(),
				patience: v.pipe(whole, v.minValue(1)),
				checks: v.boolean(),
				replyEnds: v.picklist(['line', 'segment']),
				letterEnds: v.picklist(['dot', 'any dot']),
				listOfOne: v.picklist(['single', 'multi'])
			})
		)
	),
	wanted: v.optional(names),
	removed: v.optional(names)
});

const stack = v.partial(
	v.strictObject({
		isn: whole,
		mss: whole,
		receiveBuffer: whole,
		firstPort: whole,
		rto: whole,
		msl: whole,
		ttl: whole,
		df: v.boolean(),
		backlog: whole,
		nagle: v.boolean(),
		delayedAck: whole,
		congestion: v.picklist(['none', 'newreno', 'cubic']),
		windowScale: v.nullable(whole),
		timestamps: v.boolean(),
		sack: v.boolean(),
		ecn: v.boolean(),
		keepAlive: whole,
		keepAliveInterval: whole,
		keepAliveProbes: whole,
		minRto: whole,
		challengeLimit: whole
	})
);

const input = v.variant('kind', [
	v.strictObject({
		kind: v.literal('type'),
		host: name,
		line: v.pipe(
			v.string(),
			v.maxLength(MAX_LINE),
			v.check((line) => !/[\r\n]/.test(line), 'Invalid line: holds a line end')
		)
	}),
	v.strictObject({ kind: v.literal('octets'), host: name, octets: latin1(MAX_OCTETS) }),
	v.strictObject({ kind: v.literal('sync'), host: name, account: v.optional(account) }),
	v.strictObject({
		kind: v.literal('answer'),
		question: name,
		value: v.union([text, v.pipe(v.number(), v.finite()), list(v.pipe(v.number(), v.finite()), MAX_TEXT)])
	}),
	v.strictObject({ kind: v.literal('packet'), packet: whole, link: v.optional(name), act }),
	v.strictObject({
		kind: v.literal('forge'),
		link: name,
		towards: name,
		octets: latin1(MAX_OCTETS),
		checksums
	}),
	v.strictObject({ kind: v.literal('link'), link: name, up: v.boolean() }),
	v.strictObject({
		kind: v.literal('ping'),
		host: name,
		to: text,
		ttl: v.optional(v.pipe(whole, v.maxValue(255))),
		size: v.optional(v.pipe(whole, v.maxValue(MAX_PING))),
		df: v.optional(v.boolean())
	}),
	v.strictObject({ kind: v.literal('route'), host: name, to: name, link: v.optional(v.nullable(name)) }),
	v.strictObject({ kind: v.literal('filter'), host: name, rules: filter }),
	v.strictObject({ kind: v.literal('app'), host: name, reading: v.boolean() }),
	v.strictObject({ kind: v.literal('stack'), host: name, stack })
]);
const timed = v.strictObject({ at: whole, input });
const inputs = v.pipe(
	list(timed, MAX_INPUTS),
	v.check(
		(all) => all.every(({ at }, i) => i === 0 || at >= (all[i - 1]?.at ?? 0)),
		'Invalid order: an input earlier than the one before it'
	)
);

const host = v.strictObject({
	id: name,
	role: v.picklist(['client', 'server', 'router']),
	aliases: v.optional(list(text, MAX_NAME)),
	address: name,
	interfaces: v.optional(list(v.strictObject({ link: name, address: name }), MAX_HOSTS)),
	routes: v.optional(list(v.strictObject({ to: name, link: v.nullable(name) }), MAX_RULES)),
	filter: v.optional(filter),
	clampMss: v.optional(v.boolean()),
	nat: v.optional(v.strictObject({ outside: name, firstPort: v.optional(whole) })),
	stack: v.optional(stack),
	pop3: v.optional(pop3),
	account: v.optional(account)
});
const link = v.strictObject({
	id: name,
	ends: v.pipe(v.tuple([name, name]), v.readonly()),
	delay: whole,
	rate: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
	mtu: whole,
	loss: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)))
});
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const where = {
	link: name,
	towards: v.optional(name),
	from: v.optional(whole),
	to: v.optional(whole),
	match: v.optional(
		v.partial(
			v.strictObject({
				nth: list(whole, MAX_TEXT),
				protocol: v.picklist(['icmp', 'tcp', 'udp']),
				srcPort: whole,
				dstPort: whole,
				flags: whole,
				data: v.boolean(),
				fragment: v.boolean(),
				longerThan: whole,
				carries: short
			})
		)
	)
};
const fault = v.union([
	v.strictObject({ ...where, kind: v.literal('loss'), share }),
	v.strictObject({
		...where,
		kind: v.literal('bursts'),
		enter: share,
		leave: share,
		good: v.optional(share),
		bad: v.optional(share)
	}),
	v.strictObject({ ...where, kind: v.literal('delay'), by: whole, jitter: v.optional(u32) }),
	v.strictObject({ ...where, kind: v.literal('reorder'), share, by: whole }),
	v.strictObject({ ...where, kind: v.literal('duplicate'), share, after: v.optional(whole) }),
	v.strictObject({ ...where, kind: v.literal('corrupt'), share, bit: v.optional(bit) }),
	v.strictObject({
		...where,
		kind: v.literal('rate'),
		rate: v.pipe(v.number(), v.finite(), v.gtValue(0)),
		queue: v.optional(whole),
		mark: v.optional(whole)
	}),
	v.strictObject({ ...where, kind: v.literal('cut') }),
	v.strictObject({ ...where, kind: v.literal('hold') }),
	v.strictObject({ ...where, kind: v.literal('edit'), ...edits[0] }),
	v.strictObject({ ...where, kind: v.literal('edit'), ...edits[1] }),
	v.strictObject({ ...where, kind: v.literal('edit'), ...edits[2] }),
	v.strictObject({ ...where, kind: v.literal('split'), at: whole }),
	v.strictObject({ ...where, kind: v.literal('coalesce') }),
	v.strictObject({ ...where, kind: v.literal('forge'), octets: latin1(MAX_OCTETS), checksums })
]);
const scenario = v.strictObject({
	hosts: list(host, MAX_HOSTS),
	links: list(link, MAX_HOSTS * 2),
	faults: v.optional(list(fault, MAX_RULES))
});
const seed = v.pipe(v.number(), v.safeInteger());

const message: v.GenericSchema<unknown, ToEngine> = v.variant('type', [
	v.strictObject({ type: v.literal('load'), epoch: whole, scenario, seed, inputs }),
	v.strictObject({ type: v.literal('input'), epoch: whole, timed, have: v.optional(whole) }),
	v.strictObject({ type: v.literal('advance'), epoch: whole, to: whole })
]);
const game: v.GenericSchema<unknown, SavedGame> = v.strictObject({
	version: v.literal(1),
	level: name,
	seed,
	inputs
});

function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown): Checked<T> {
	const plain = plainProblem(value);
	if (plain) return { ok: false, problem: plain };
	const parsed = v.safeParse(schema, value, { abortEarly: true });
	if (parsed.success) return { ok: true, value: parsed.output };
	const [issue] = parsed.issues;
	const where = v.getDotPath(issue);
	return { ok: false, problem: where === null ? issue.message : `${where}: ${issue.message}` };
}

export function checkMessage(value: unknown): Checked<ToEngine> {
	return check(message, value);
}

/** A version that this program does not know is told apart from damage. */
export function checkSavedGame(value: unknown): Checked<SavedGame> {
	if (typeof value === 'object' && value !== null && 'version' in value) {
		const { version } = value;
		if (typeof version === 'number' && version > 1)
			return { ok: false, problem: `version ${version}: made by a newer version of this program` };
	}
	return check(game, value);
}
