/** The maildrops as text and as a table: every letter with its number, its unique-id, its size and how it stands. Pure. */
import type { Letter, Maildrop } from '#lib/levels/maildrop.ts';
import * as words from '#words/maildrop-copy.ts';
import { tableText } from './table-text.ts';

const stateOf = ({ marked, gone }: Letter): string =>
	gone !== null ? words.gone : marked !== null ? words.marked : words.stored;

export function maildropsText(boxes: readonly Maildrop[]): string {
	return boxes
		.map(({ user, host, lockedBy, letters, now, afterUpdate }) =>
			[
				words.box(user, host, lockedBy),
				...letters.map(
					(one) =>
						`  ${one.gone === null ? one.number : '-'}  ${one.uid}  ${one.octets}  ${stateOf(one)}  ${one.name}`
				),
				`  ${words.sizes(now, afterUpdate)}`,
				''
			].join('\n')
		)
		.join('\n');
}

export function maildropsTable(boxes: readonly Maildrop[]): string {
	return tableText(
		words.columns,
		boxes.flatMap(({ host, user, letters }) =>
			letters.map((one) => [
				host,
				user,
				one.gone === null ? one.number : '',
				one.name,
				one.uid,
				one.octets,
				stateOf(one)
			])
		)
	);
}
