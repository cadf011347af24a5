/** What is said of a letter that was read by a mail program. */

export const tooLarge = (octets: number, most: number): string =>
	`it has ${octets} octets, and at most ${most} are taken apart`;
export const text = 'text';
export const html = 'HTML';
export const isLong = (what: string, shown: number, all: number): string =>
	`The ${what} is long: the first ${shown} of ${all} characters are shown.`;
export const attachments = (all: number, listed: number): string =>
	`It has ${all} attachments: the first ${listed} are listed.`;
export const noName = 'without a name';
/** `shown`: octets that are shown of a longer letter; null: all are. */
export const unread = (why: string, shown: number | null): string =>
	`This letter could not be taken apart: ${why}. ${
		shown === null ? 'It is' : `Its first ${shown} octets are`
	} shown as it came.`;
