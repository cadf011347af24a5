/** The words of a capture's summary: counts, times, and what the judges say in one line. */
import type { ConversationReport } from '#lib/judge/judge.ts';
import type { Finding, Verdict } from '#lib/judge/verdict.ts';

const SECOND = 1_000_000;

export const countText = (n: number): string => n.toLocaleString('en-GB');

export function plural(n: number, what: string): string {
	return `${countText(n)} ${what}${n === 1 ? '' : 's'}`;
}

export function octetsText(n: number): string {
	if (n < 10_000) return plural(n, 'octet');
	return n < 10_000_000
		? `${countText(Math.round(n / 1000))} kB`
		: `${countText(Math.round(n / 1_000_000))} MB`;
}

/** `0.004 s`, `12.5 s`, `3 min 20 s`. */
export function durationText(micros: number): string {
	const seconds = micros / SECOND;
	if (seconds < 10) return `${seconds.toFixed(3)} s`;
	if (seconds < 120) return `${seconds.toFixed(1)} s`;
	const minutes = Math.floor(seconds / 60);
	return minutes < 120
		? `${minutes} min ${Math.floor(seconds % 60)} s`
		: `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export interface Judged {
	readonly kind: 'deviates' | 'conforms' | 'unjudged';
	readonly say: string;
	/** What shows it. */
	readonly by: Finding | null;
	readonly unusual: readonly Finding[];
}

function judged(verdict: Verdict, rfc: string): Judged {
	const { deviation, unusual, until } = verdict;
	if (deviation) return { kind: 'deviates', say: deviation.say, by: deviation, unusual };
	const conforms = `Conforms to ${rfc} as far as this capture shows.`;
	return until
		? { kind: 'unjudged', say: `${conforms} ${until.say}`, by: until, unusual }
		: { kind: 'conforms', say: conforms, by: null, unusual };
}

/** What is to be said of a conversation: of POP3 where there is a session, and of TCP where that deviates. */
export function judgementOf({ tcp, pop3 }: ConversationReport): Judged {
	const below = judged(tcp, 'RFC 9293');
	if (!pop3 || (below.kind === 'deviates' && (!pop3.verdict.deviation || earlier(tcp, pop3.verdict))))
		return below;
	const above = judged(pop3.verdict, 'RFC 1939');
	return { ...above, unusual: [...above.unusual, ...below.unusual] };
}
const earlier = (a: Verdict, b: Verdict): boolean =>
	(a.deviation?.packet ?? Infinity) < (b.deviation?.packet ?? Infinity);

/** The capture's first deviation in a line of its own, or that there is none. */
export function verdictOf(conversations: readonly ConversationReport[]): string {
	const sessions = conversations.filter(({ pop3 }) => pop3 !== null).length;
	const bad = conversations.filter((one) => judgementOf(one).kind === 'deviates').length;
	if (conversations.length === 0) return 'No TCP conversation to judge.';
	const what =
		sessions > 0 ? plural(sessions, 'POP3 session') : plural(conversations.length, 'TCP conversation');
	if (bad === 0)
		return `${what}. Conforms to ${sessions > 0 ? 'RFC 1939' : 'RFC 9293'} as far as this capture shows.`;
	return `${what}. ${bad === 1 ? 'One conversation deviates.' : `${countText(bad)} conversations deviate.`}`;
}
