/** What the judges say of a capture, in one line for each conversation and one for all. */
import type { ConversationReport } from '#lib/judge/judge.ts';
import type { Finding, Verdict } from '#lib/judge/verdict.ts';
import * as words from '#words/capture-page.ts';

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
	const conforms = words.conforms(rfc);
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
	if (conversations.length === 0) return words.nothingToJudge;
	const what = sessions > 0 ? words.sessions(sessions) : words.tcpConversations(conversations.length);
	if (bad === 0) return `${what}. ${words.conforms(sessions > 0 ? 'RFC 1939' : 'RFC 9293')}`;
	return `${what}. ${words.deviating(bad)}`;
}
