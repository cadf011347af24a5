/** A mail program: its account, its letters, what it did. */

export const mail = 'Mail';

export const account = 'Settings of the account';
export const leave = 'Leave letters on the server';
/** Leave letters on the server "for" so long. */
export const leaveFor = 'for';
export const ever = 'ever';
export const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`);
export const remember = 'Remember what was fetched';
export const headersOnly = 'Headers only';
export const hidePassword = 'Hide the password where APOP is offered';

export const fetching = 'Fetching…';
export const sync = 'Sync';
export const fetchFromPast = 'You stand in the past. Fetch from here?';
export const branch = 'Branch';
export const returnToNow = 'Return to now';
export const lettersAndAccount = 'Letters and account';
export const allLetters = 'All letters';
export const fetchWhole = 'Fetch whole';
export const deleteOnServer = 'Delete on server';
export const commandsForLetter = 'Commands for this letter';
/** A user "at" a server. */
export const at = 'at';
export const asking = 'Asking the server.';
export const noLetters = 'No letters.';
/** Where a letter will be read, beside the list of them. */
export const choose = 'Choose a letter. It opens here.';
export const nothingYet = 'Nothing fetched yet. Sync asks the server.';
export const remembers = (letters: number): string => `Remembers ${count(letters, 'letter')}`;
export const rememberedOf = (account: string): string => `What is remembered of ${account}`;
export const syncSummary = (n: number, commands: number, result: string): string =>
	`Sync ${n}: ${count(commands, 'command')}, ${result}`;
export const syncResult = (fetched: number, deleted: number, forGood: boolean): string =>
	`${fetched} fetched, ${deleted} deleted${deleted && !forGood ? ', not for good' : ''}`;
export const underWay = 'under way';
export const show = 'Show';
export const commandsOfSync = (n: number, policy: string): string =>
	`Commands of sync ${n}, policy ${policy}`;

export const noAnswer = 'no answer';
/** After the words of an answer. */
export const lines = (n: number): string => `, ${count(n, 'line')}`;
export const event = (n: number): string => `Event ${n}`;

export const letter = (n: number): string => `Letter ${n}`;
export const noSubject = 'No subject';
export const nobody = 'nobody named';
export const standings = { there: 'on the server', marked: 'marked', gone: 'only here' } as const;
export const letterState = (octets: number, whole: boolean, standing: string): string =>
	`${octets} octets${whole ? '' : ', header only'}, ${standing}`;
export const here = (times: number): string => `here ${times} times`;

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
