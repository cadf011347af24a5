/** What the analysis says of a packet, in words for a list. */
import type { Mark } from '#lib/capture/analysis/marks.ts';
import type { Analysed, TcpRow } from '#lib/capture/analysis/row.ts';
import * as words from '#words/analysis.ts';

function told(mark: Mark, { original, duplicate }: TcpRow): string {
	if (mark.endsWith('retransmission') && original !== undefined) return words.remarkOf(mark, original);
	if (mark === 'duplicate ACK' && duplicate) return words.duplicateOf(mark, duplicate.count, duplicate.of);
	return mark;
}

/** What is remarkable about the packet: `retransmission of #9`, `duplicate ACK #2 of #7`, `about #4`. */
export function remarksOf({ packet, tcp, piece, about }: Analysed): string[] {
	const remarks = tcp ? tcp.marks.map((mark) => told(mark, tcp)) : [];
	if (piece?.whole) remarks.push(words.wholeWith(piece.whole.filter((other) => other !== packet)));
	else if (piece) remarks.push(piece.first === packet ? words.firstPiece : words.pieceAs(piece.first));
	if (about !== undefined) remarks.push(words.about(about));
	return remarks;
}

/** The packet that this one answers: `acknowledges #12`, `answers #3`; null when there is none. */
export function answerOf({ tcp, echo }: Analysed): string | null {
	if (tcp?.acknowledges) return words.acknowledges(tcp.acknowledges.packet);
	return echo?.answers ? words.answers(echo.answers.packet) : null;
}
