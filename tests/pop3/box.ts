// The letters of the box that sessions are held over, and a server that goes by the RFCs to the letter.
import { letters } from '#lib/mail/letters.ts';
import type { MailStore } from '#lib/pop3/store.ts';

export const uids = (store: MailStore) => store.box('ada')?.messages.map(({ uid }) => uid);
export const ALL = Object.values(letters).map(({ uid }) => uid);
export const rfc = { personality: 'rfc', host: 'post', greeting: undefined };
