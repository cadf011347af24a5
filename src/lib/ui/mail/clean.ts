/**
 * HTML of a letter made harmless: only text and its shape are kept. Law: what comes out goes into a frame without any
 * rights and nowhere else; what was taken out is counted, so that the reader is told.
 */
import DOMPurify from 'dompurify';
import * as words from '#words/letter-html.ts';

export interface Cleaned {
	/** A whole document for `srcdoc`. */
	readonly document: object | string;
	/** What was taken out, in words: "2 scripts". */
	readonly blocked: readonly string[];
}

type Blocked = keyof typeof words.blocked;

interface HtmlPolicy {
	createHTML(html: string): object | string;
}

const KEPT = [
	...['a', 'abbr', 'b', 'bdi', 'bdo', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col'],
	...[
		'colgroup',
		'dd',
		'del',
		'dfn',
		'div',
		'dl',
		'dt',
		'em',
		'font',
		'h1',
		'h2',
		'h3',
		'h4',
		'h5',
		'h6',
		'hr',
		'i'
	],
	...[
		'img',
		'ins',
		'kbd',
		'li',
		'mark',
		'ol',
		'p',
		'pre',
		'q',
		's',
		'samp',
		'small',
		'span',
		'strike',
		'strong'
	],
	...['sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul', 'var']
];
const ATTRIBUTES = ['align', 'alt', 'colspan', 'dir', 'height', 'lang', 'rowspan', 'src', 'title', 'width'];

/** No address may be asked for anything; `data:` pictures are the letter's own octets. */
const INNER_POLICY = "default-src 'none'; img-src data:; form-action 'none'; base-uri 'none'";

const OWN = new Set(['html', 'head', 'body', 'remove', '#comment']);

/** What a taken-out element or attribute is called. */
function nameOf(node: string): Blocked {
	if (node.startsWith('on')) return 'script';
	switch (node) {
		case 'script':
			return 'script';
		case 'form':
		case 'input':
		case 'button':
		case 'select':
		case 'textarea':
			return 'field';
		case 'style':
		case 'link':
		case 'class':
		case 'id':
			return 'style';
		case 'href':
			return 'link';
		case 'src':
		case 'srcset':
		case 'background':
			return 'picture';
		case 'iframe':
		case 'frame':
		case 'object':
		case 'embed':
			return 'frame';
		default:
			return 'other';
	}
}

/** The letter's own pictures, of kinds that cannot hold a script. */
const PICTURE = /^data:image\/(?:png|gif|jpeg|webp);/i;
/** Taken out first: merely reading a handler on it makes the browser report a breach of the page's policy. */
const BODY_TAG = /<body\b[^<>]*>/gi;
/** Tags of a letter that is cleaned at all: a purifier is slow where thousands lie within each other. */
const MOST_TAGS = 5000;

export function cleanHtml(html: string): Cleaned {
	if (html.split('<', MOST_TAGS + 2).length > MOST_TAGS + 1) {
		return { document: trusted(''), blocked: [words.tooManyTags(MOST_TAGS)] };
	}
	const counts = new Map<Blocked, number>();
	const count = (node: string): void => {
		const name = nameOf(node);
		counts.set(name, (counts.get(name) ?? 0) + 1);
	};
	const purifier = DOMPurify(window);
	// a picture's `data:` is let through by the library, whatever its kind
	purifier.addHook('uponSanitizeAttribute', (_, attribute) => {
		if (attribute.attrName === 'src' && !PICTURE.test(attribute.attrValue)) attribute.keepAttr = false;
	});
	const bodies = html.match(BODY_TAG) ?? [];
	for (const tag of bodies) if (/\son\w+\s*=/i.test(tag)) count('onload');
	const body = purifier.sanitize(html.replace(BODY_TAG, ''), {
		ALLOWED_TAGS: KEPT,
		ALLOWED_ATTR: ATTRIBUTES,
		FORCE_BODY: true,
		ALLOW_DATA_ATTR: false,
		ALLOW_ARIA_ATTR: false,
		ALLOWED_URI_REGEXP: PICTURE,
		FORBID_CONTENTS: ['script', 'style', 'iframe', 'object', 'svg', 'math', 'template', 'noscript', 'title']
	});
	purifier.removeAllHooks();
	for (const removed of purifier.removed) {
		// its own document around the letter does not count
		if ('element' in removed) {
			const node = removed.element.nodeName.toLowerCase();
			if (!OWN.has(node)) count(node);
		} else if (removed.attribute) count(removed.attribute.name.toLowerCase());
	}
	return {
		document: trusted(
			`<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light"><meta http-equiv="Content-Security-Policy" content="${INNER_POLICY}"><body>${body}`
		),
		blocked: [...counts].map(([name, n]) => words.blocked[name](n))
	};
}

let policy: HtmlPolicy | null = null;

/** The only way of a letter's HTML to the page: what `cleanHtml` has built. */
function trusted(html: string): object | string {
	const rules = { createHTML: (text: string) => text };
	const { trustedTypes } = globalThis as {
		trustedTypes?: { createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy };
	};
	policy ??= trustedTypes?.createPolicy('letter', rules) ?? rules;
	return policy.createHTML(html);
}
