/** What the analysis says of a packet, in words for a list: packets are named `#9`. */
import type { Mark } from './marks.ts';
import type { Analysed, TcpRow } from './row.ts';

const names = (packets: readonly number[]): string => packets.map((packet) => `#${packet}`).join(', ');

function told(mark: Mark, { original, duplicate }: TcpRow): string {
	if (mark.endsWith('retransmission') && original !== undefined) return `${mark} of #${original}`;
	if (mark === 'duplicate ACK' && duplicate) return `${mark} #${duplicate.count} of #${duplicate.of}`;
	return mark;
}

/** What is remarkable about the packet: `retransmission of #9`, `duplicate ACK #2 of #7`, `about #4`. */
export function remarksOf({ packet, tcp, piece, about }: Analysed): string[] {
	const remarks = tcp ? tcp.marks.map((mark) => told(mark, tcp)) : [];
	if (piece?.whole) {
		const others = piece.whole.filter((other) => other !== packet);
		remarks.push(others.length > 0 ? `whole with ${names(others)}` : 'whole');
	} else if (piece) remarks.push(piece.first === packet ? 'first piece seen' : `piece as #${piece.first}`);
	if (about !== undefined) remarks.push(`about #${about}`);
	return remarks;
}

/** The packet that this one answers: `acknowledges #12`, `answers #3`; null when there is none. */
export function answerOf({ tcp, echo }: Analysed): string | null {
	if (tcp?.acknowledges) return `acknowledges #${tcp.acknowledges.packet}`;
	return echo?.answers ? `answers #${echo.answers.packet}` : null;
}
