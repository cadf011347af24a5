/** The maildrops as text and as a table: every letter with its number, its unique-id, its size and how it stands. Pure. */
import type { Letter, Maildrop } from '#lib/levels/maildrop.ts';
import { tableText } from './table-text.ts';

const stateOf = ({ marked, gone }: Letter): string =>
	gone !== null ? 'gone' : marked !== null ? 'marked' : 'stored';

export function maildropsText(boxes: readonly Maildrop[]): string {
	return boxes
		.map(({ user, host, lockedBy, letters, now, afterUpdate }) =>
			[
				`${user} at ${host}: ${lockedBy === null ? 'not locked' : `locked for ${lockedBy}`}`,
				...letters.map(
					(one) =>
						`  ${one.gone === null ? one.number : '-'}  ${one.uid}  ${one.octets}  ${stateOf(one)}  ${one.name}`
				),
				`  ${now.letters} letters, ${now.octets} octets; after UPDATE ${afterUpdate.letters} letters, ${afterUpdate.octets} octets`,
				''
			].join('\n')
		)
		.join('\n');
}

export function maildropsTable(boxes: readonly Maildrop[]): string {
	return tableText(
		['Host', 'User', 'Number', 'Letter', 'UIDL', 'Octets', 'State'],
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
