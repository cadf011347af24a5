/** The shape of an input, and of all the inputs of a game in their order. */
import * as v from 'valibot';
import { list, MAX_TEXT, name, text, whole } from './schemas.ts';
import { wire } from './validate-pop3.ts';
import {
	account,
	bit,
	checksums,
	edits,
	filter,
	latin1,
	MAX_OCTETS,
	settings,
	stack
} from './validate-scenario.ts';

const MAX_INPUTS = 20_000;
/** Longer than any line a server takes (RFC 2449 §4: 255 octets), so that too long a line can be tried. */
const MAX_LINE = 4_096;
/** What fits into one datagram (65,535 octets) beside its headers. */
const MAX_PING = 65_507;

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
	v.strictObject({ kind: v.literal('settings'), host: name, settings }),
	v.strictObject({ kind: v.literal('tidy'), host: name }),
	v.strictObject({ kind: v.literal('abort'), host: name }),
	v.strictObject({ kind: v.literal('wire'), host: name, wire }),
	v.strictObject({ kind: v.literal('drill'), host: name }),
	v.strictObject({
		kind: v.literal('answer'),
		question: name,
		value: v.union([text, v.pipe(v.number(), v.finite()), list(v.pipe(v.number(), v.finite()), MAX_TEXT)])
	}),
	v.strictObject({
		kind: v.literal('set'),
		key: name,
		value: v.union([text, v.pipe(v.number(), v.finite()), v.boolean()])
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
		ttl: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(255))),
		size: v.optional(v.pipe(whole, v.maxValue(MAX_PING))),
		df: v.optional(v.boolean())
	}),
	v.strictObject({ kind: v.literal('route'), host: name, to: name, link: v.optional(v.nullable(name)) }),
	v.strictObject({ kind: v.literal('filter'), host: name, rules: filter }),
	v.strictObject({ kind: v.literal('app'), host: name, reading: v.boolean() }),
	v.strictObject({ kind: v.literal('stack'), host: name, stack })
]);
export const timed = v.strictObject({ at: whole, input });
export const inputs = v.pipe(
	list(timed, MAX_INPUTS),
	v.check(
		(all) => all.every(({ at }, i) => i === 0 || at >= (all[i - 1]?.at ?? 0)),
		'Invalid order: an input earlier than the one before it'
	)
);
