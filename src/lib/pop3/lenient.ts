/**
 * Command lines as Dovecot reads them, which takes more than RFC 1939 §3 allows: more spaces, arguments where none belong,
 * octets beyond ASCII; a NUL ends the line. What it does not take has the same names as in the strict grammar, and the
 * text that is wrong with it, which Dovecot repeats.
 */
import { findCommand, splitLine, type Keyword } from './commands.ts';
import type { Line } from './framer.ts';
import type { CommandEvent, Fault, LineEvent } from './grammar.ts';

const UINT32 = 2n ** 32n - 1n;
const UINT64 = 2n ** 64n - 1n;

type Arguments = Partial<Omit<CommandEvent, 'type'>>;

export function readLeniently(line: Line, inTransaction: boolean): LineEvent {
	if (line.tooLong) return { type: 'BAD LINE', fault: 'lineTooLong' };
	const text = line.text.split('\0', 1)[0] ?? '';
	const { keyword, args } = splitLine(text);
	if (keyword === '') return { type: 'BAD LINE', fault: 'emptyLine' };
	const command = findCommand(keyword);
	if (!command) return { type: 'BAD LINE', fault: 'unknownCommand', about: keyword };
	const read = inTransaction
		? afterLogin(command.keyword, args.replace(/^ +/, ''))
		: beforeLogin(command.keyword, args);
	return { name: '', secret: '', number: null, lines: 0, fault: null, type: command.keyword, ...read };
}

function beforeLogin(keyword: Keyword, args: string): Arguments {
	switch (keyword) {
		case 'USER':
			return { name: args };
		case 'PASS':
			return { secret: args };
		case 'APOP': {
			const space = args.indexOf(' ');
			const digest = args.slice(space + 1);
			if (space < 0 || digest.length !== 32) return { fault: 'digestRequired' };
			if (!/^[0-9a-f]+$/i.test(digest)) return { fault: 'digestIllegible' };
			return { name: args.slice(0, space), secret: digest.toLowerCase() };
		}
		case 'AUTH': {
			const { keyword: mechanism, args: response } = splitLine(args);
			return { name: mechanism, secret: response };
		}
		default:
			return {};
	}
}

function afterLogin(keyword: Keyword, args: string): Arguments {
	switch (keyword) {
		case 'LIST':
		case 'UIDL':
			return args === '' ? {} : messageNumber(args, '').read;
		case 'RETR':
		case 'DELE':
			return messageNumber(args, '').read;
		case 'TOP': {
			const { read, rest } = messageNumber(args, ' ');
			return read.fault ? read : { ...read, ...size(rest) };
		}
		default:
			return {};
	}
}

/** A decimal number, and `follows` behind it. */
function messageNumber(args: string, follows: '' | ' '): { read: Arguments; rest: string } {
	const digits = /^[0-9]+/.exec(args)?.[0];
	const behind = args.slice(digits?.length ?? 0);
	const wrong = (fault: Fault, about: string) => ({ read: { fault, about }, rest: '' });
	if (digits === undefined) return wrong('numberRequired', args);
	// what does not fit in 64 bits it repeats; what does not fit in 32 it has passed already
	if (BigInt(digits) > UINT64) return wrong('numberTooLarge', args);
	if (BigInt(digits) > UINT32) return wrong('numberTooLarge', behind);
	if (follows === '' ? behind !== '' : !behind.startsWith(' ')) return wrong('tooManyArguments', behind);
	return { read: { number: Number(digits) }, rest: behind.replace(/^ +/, '') };
}

function size(args: string): Arguments {
	const digits = /^[0-9]+/.exec(args)?.[0];
	if (digits === undefined) return { fault: 'linesRequired', about: args };
	if (BigInt(digits) > UINT64) return { fault: 'linesTooLarge', about: args };
	const rest = args.slice(digits.length);
	return rest === '' ? { lines: Number(digits) } : { fault: 'noiseAfterLines', about: rest };
}
