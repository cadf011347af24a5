// Bad input in the terminal: each line gets the refusal that the RFC has for it and the coach's reason, and nothing else
// happens: the session goes on and the letters are as they were.
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

async function logIn(level: LevelPage): Promise<void> {
	await level.say('user ada', /^\+OK/);
	await level.send('pass lovelace');
	await level.question.getByRole('button', { name: 'nobody' }).click();
	await level.question.getByRole('button', { name: /^(Close|Go on)$/ }).click();
	await expect(level.text).toContainText('maildrop has 4 messages');
}

/** Sends it, and holds the server's answer and the coach's words against what is wanted. */
async function refused(
	level: LevelPage,
	line: string,
	answer: RegExp,
	coach: string | RegExp
): Promise<void> {
	await test.step(`${line.slice(0, 30)} is refused`, async () => {
		await level.say(line, answer);
		await expect(level.coach).toContainText(coach);
		await expect(level.line).toBeFocused();
		await expect(level.line).toHaveValue('');
	});
}

test('before the login', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await refused(level, 'hello there', /^-ERR unknown command/i, 'is no POP3 command');
	await refused(level, 'USRE ada', /^-ERR unknown command/i, 'Did you mean USER?');
	await refused(level, 'USER', /^-ERR /, 'Whose box? USER wants a name.');
	await refused(level, 'PASS', /^-ERR /, /PASS wants the secret word|Whose word is it\?/);
	await refused(
		level,
		'STAT',
		/^-ERR .*(not valid|state)/i,
		'The server is in AUTHORIZATION. Show papers first.'
	);
	await level.coach.getByRole('button', { name: 'Show in States' }).click();
	await expect(page.getByRole('tabpanel')).toContainText('Current: AUTHORIZATION');
	await refused(level, `USER ${'a'.repeat(295)}`, /^-ERR line too long/i, 'POP3 lines are short');
	await refused(level, `USER ${'a'.repeat(41)}`, /^-ERR /, 'argument up to 40 characters');
	await refused(level, 'USER äda', /^-ERR /, 'plain ASCII only');
	await refused(level, 'ÿÿÿÿ', /^-ERR /, 'plain ASCII only');
	await refused(level, ' USER ada', /^-ERR /, 'One space between words');
	await refused(level, '\t\t\t', /^-ERR /, 'plain ASCII only');
	// alive
	await logIn(level);
	await expect(level.goal('post let you in')).toContainText(', met');
});

test('a character that is no octet harms nothing', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await refused(level, 'USER ☃️ 漢字 👩🏽‍🚀', /^-ERR /, 'plain ASCII only');
	await refused(level, 'USER \u0000\u0001', /^-ERR /, 'plain ASCII only');
	await level.say('USER ada', /^\+OK/);
});

test('after the login, with the letters intact', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await logIn(level);
	const letters = level.text.getByText(/^\+OK \d+ \d+$/);
	await level.say('STAT', /^\+OK 4 \d+$/);
	const before = await letters.last().textContent();

	await refused(level, 'RETR', /^-ERR message number required/i, 'Which letter? LIST shows the numbers.');
	await refused(level, 'RETR x', /^-ERR /, /number/);
	await refused(level, 'RETR 99', /^-ERR no such message/i, 'There are 4 in this session.');
	await refused(level, 'RETR 0', /^-ERR /, /There are 4 in this session|number/);
	await refused(level, 'RETR -1', /^-ERR /, /There are 4 in this session|number/);
	await refused(level, 'RETR 99999999999999999999', /^-ERR /, /There are 4 in this session|number/);
	await refused(level, 'RETR 1 2', /^-ERR /, 'One word too many for RETR.');
	await refused(level, 'USER ada', /^-ERR /, 'The server is in TRANSACTION.');
	await level.say('DELE 2', /^\+OK/);
	await refused(
		level,
		'DELE 2',
		/^-ERR Message is deleted/i,
		'Marked letters are hidden. RSET brings them back.'
	);
	await refused(
		level,
		'RETR 2',
		/^-ERR Message is deleted/i,
		'Marked letters are hidden. RSET brings them back.'
	);
	await refused(level, 'x'.repeat(300), /^-ERR line too long/i, 'POP3 lines are short');
	await refused(level, 'STÄT', /^-ERR /, 'plain ASCII only');

	await level.say('RSET', /^\+OK/);
	await level.say('STAT', /^\+OK 4 \d+$/);
	expect(await letters.last().textContent()).toBe(before);
	await level.say('NOOP', /^\+OK/);
	await level.say('QUIT', /^\+OK/);
	await expect(level.text).toContainText('closed');
});

test('with no line open the terminal itself answers', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('knock');
	for (const line of [
		'USER ada',
		'connect',
		'connect nowhere 110',
		'connect post 99999',
		'connect post x',
		'%$§'
	]) {
		const lines = level.text.locator('p');
		const before = await lines.count();
		await level.send(line);
		await expect(lines.nth(before)).toContainText(line);
		await expect(lines.nth(before + 1)).toContainText(/\w/);
		await expect(level.rows).toHaveCount(0);
	}
	for (const [line, meant] of [
		['conect post 110', 'Did you mean connect? Knock: connect post 110'],
		['connect pots 110', 'Did you mean post? Knock: connect post 110'],
		['USER ada', 'No line is open, so USER reaches nobody.']
	] as const) {
		await level.send(line);
		await expect(level.coach).toContainText(meant);
	}
	await level.solve('knock');
});

test('three refusals in a row offer a hint', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	for (const line of ['a', 'b', 'c']) await level.say(line, /^-ERR/);
	await expect(level.coach).toContainText('A hint is waiting.');
	await level.coach.getByRole('button', { name: 'Hint 1' }).click();
	await expect(level.coach).toContainText('The note on the desk has a name and a word.');
	await level.say('USER ada', /^\+OK/);
	await expect(level.coach).not.toContainText('A hint is waiting.');
});

test('the editing keys are the terminal’s, and the browser keeps its own', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await level.say('NOOP', /^-ERR/);
	await level.line.fill('half a li');
	for (const [key, value] of [
		['ArrowUp', 'NOOP'],
		['ArrowUp', 'USER ada'],
		['ArrowUp', 'connect post 110'],
		['ArrowUp', 'connect post 110'],
		['ArrowDown', 'USER ada'],
		['ArrowDown', 'NOOP'],
		['ArrowDown', 'half a li']
	] as const) {
		await level.line.press(key);
		await expect(level.line).toHaveValue(value);
	}
	await level.line.fill('');
	await level.line.pressSequentially('PA');
	await level.line.press('ArrowRight');
	await expect(level.line).toHaveValue('PASS');
	await level.line.press('Control+L');
	await expect(level.text.locator('p')).toHaveCount(0);
	await level.line.press('Tab');
	await expect(level.line).not.toBeFocused();
});
