/** Why a line came to nothing, by the server or by the terminal itself: fetched when the first line is sent. */
export { mistyped } from './mistyped.ts';
export { refusal } from './refusal.ts';
