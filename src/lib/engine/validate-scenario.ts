/** The shape of a scenario: hosts with their stacks, servers and accounts, links, and what goes wrong on them. */
import * as v from 'valibot';
import { list, MAX_NAME, MAX_TEXT, name, text, whole } from './schemas.ts';
import { pop3 } from './validate-pop3.ts';

export const MAX_OCTETS = 65_536;
const MAX_HOSTS = 64;
const MAX_NAMES = 1_000;
const MAX_RULES = 256;

/** Characters of one octet each. */
export const latin1 = (most: number) =>
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
export const filter = list(filterRule, MAX_RULES);

export const bit = v.pipe(whole, v.maxValue(MAX_OCTETS * 8));
const u32 = v.pipe(whole, v.maxValue(0xffff_ffff));
export const checksums = v.picklist(['fixed', 'kept']);
const short = v.pipe(latin1(MAX_TEXT), v.nonEmpty());
/** The three ways to say what to change. */
export const edits = [
	{ checksums, field: name, value: u32 },
	{ checksums, bits: v.pipe(v.tuple([bit, bit]), v.readonly()), value: u32 },
	{ checksums, find: short, replace: short }
] as const;
const names = list(name, MAX_NAMES);
/** What of a policy is set otherwise. */
export const settings = v.partial(
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
);
export const account = v.strictObject({
	server: name,
	port: v.optional(whole),
	user: text,
	password: text,
	policy: name,
	settings: v.optional(settings),
	wanted: v.optional(names),
	removed: v.optional(names)
});

export const stack = v.partial(
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
		rack: v.boolean(),
		ecn: v.boolean(),
		keepAlive: whole,
		keepAliveInterval: whole,
		keepAliveProbes: whole,
		minRto: whole,
		userTimeout: whole,
		challengeLimit: whole
	})
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
	loss: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
	tap: v.optional(v.boolean())
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
export const scenario = v.strictObject({
	hosts: list(host, MAX_HOSTS),
	links: list(link, MAX_HOSTS * 2),
	faults: v.optional(list(fault, MAX_RULES))
});
