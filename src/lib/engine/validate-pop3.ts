/** What a scenario may say of a POP3 server, as it is checked at the border. */
import * as v from 'valibot';
import { list, MAX_NAME, name, text, whole } from './schemas.ts';

const MAX_USERS = 1_000;
const MAX_BOX = 1_000;
const MAX_WIRES = 32;

const user = v.strictObject({
	name: text,
	password: text,
	box: list(name, MAX_BOX),
	refills: v.optional(v.boolean()),
	stuck: v.optional(list(name, MAX_BOX))
});
const pair = <S extends v.GenericSchema>(each: S) => v.pipe(v.tuple([each, each]), v.readonly());
const habits = v.partial(
	v.strictObject({
		offers: list(
			v.picklist([
				'USER',
				'PASS',
				'APOP',
				'STAT',
				'LIST',
				'RETR',
				'DELE',
				'NOOP',
				'RSET',
				'TOP',
				'UIDL',
				'QUIT',
				'CAPA',
				'AUTH',
				'STLS',
				'UTF8',
				'LANG',
				'LAST',
				'RPOP',
				'XTND'
			]),
			MAX_NAME
		),
		mechanisms: list(v.picklist(['PLAIN', 'LOGIN', 'CRAM-MD5']), MAX_NAME),
		languages: list(name, MAX_NAME),
		namesAreChecked: v.boolean(),
		responseCodes: v.boolean(),
		implementation: v.nullable(text),
		expire: v.nullable(v.union([whole, v.literal('NEVER')])),
		loginDelay: whole,
		reading: v.picklist(['strict', 'lenient']),
		lineLimit: pair(whole),
		closesOnLongLine: v.boolean(),
		patience: pair(v.nullable(whole)),
		saysFarewell: v.boolean(),
		failureDelay: whole,
		closesAfterFailure: v.boolean(),
		badLimit: pair(v.nullable(whole)),
		badness: pair(v.picklist(['unknown', 'any'])),
		closesWhenLocked: v.boolean(),
		forgetsStuffing: v.boolean(),
		countsCharacters: v.boolean(),
		renumbers: v.boolean(),
		changesUids: v.boolean(),
		listsAllAnyway: v.boolean(),
		staysSilent: v.boolean(),
		updatesOnLoss: v.boolean()
	})
);
/** One arrow of the server's chart. */
export const wire = v.strictObject({
	from: v.picklist(['AUTHORIZATION', 'AUTHORIZATION.waitingForPassword', 'TRANSACTION']),
	on: name,
	to: v.picklist([
		'AUTHORIZATION.waitingForName',
		'AUTHORIZATION.waitingForPassword',
		'TRANSACTION',
		'UPDATE',
		'closed'
	]),
	expunges: v.optional(v.literal(true))
});
export const pop3 = v.strictObject({
	port: v.optional(whole),
	personality: name,
	greeting: v.optional(text),
	apop: v.optional(v.boolean()),
	habits: v.optional(habits),
	wires: v.optional(list(wire, MAX_WIRES)),
	users: list(user, MAX_USERS)
});
