/**
 * The words of an HTML body without its markup, for a reader who wants text and for a letter that brings none. Law: one
 * walk from left to right, so that no letter can make it slow; what comes out is text and is only ever shown as text.
 */
const BREAKS = new Set([
	'br',
	'p',
	'div',
	'tr',
	'li',
	'h1',
	'h2',
	'h3',
	'h4',
	'h5',
	'h6',
	'blockquote',
	'table'
]);
const SILENT = new Set(['script', 'style', 'title', 'template']);
const NAMED = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
	['nbsp', ' ']
]);

export function textOfHtml(html: string): string {
	const lower = html.toLowerCase();
	let text = '';
	for (let at = 0; at < html.length;) {
		const open = html.indexOf('<', at);
		if (open < 0) {
			text += html.slice(at);
			break;
		}
		text += html.slice(at, open);
		const close = html.indexOf('>', open);
		const name = /^<\/?([a-z][a-z0-9]*)/.exec(lower.slice(open, open + 20))?.[1] ?? '';
		if (BREAKS.has(name)) text += '\n';
		at = close < 0 ? html.length : close + 1;
		if (SILENT.has(name) && lower[open + 1] !== '/') {
			const end = lower.indexOf(`</${name}`, at);
			at = end < 0 ? html.length : end;
		}
	}
	return text
		.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,5}));/gi, (whole, decimal, hex, name) =>
			name
				? (NAMED.get(String(name).toLowerCase()) ?? whole)
				: codePoint(decimal ? Number(decimal) : parseInt(hex, 16))
		)
		.replace(/[^\S\n]+/g, ' ')
		.replace(/ ?\n ?/g, '\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

function codePoint(n: number): string {
	return n <= 0x10ffff ? String.fromCodePoint(n) : '\ufffd';
}
