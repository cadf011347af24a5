// The site as files: every page at both of its addresses, everything from one folder of one host, what makes it
// installable, and the content policy.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

const PAGES = [
	{ path: '', title: '1.1 Knock on 110 · Interactive POP3', heading: 'Knock on 110' },
	{ path: 'map/', title: 'Map · Interactive POP3', heading: 'Interactive POP3' },
	{ path: 'level/knock/', title: '1.1 Knock on 110 · Interactive POP3', heading: 'Knock on 110' },
	{
		path: 'level/shake/',
		title: '1.2 Three shakes or a slammed door · Interactive POP3',
		heading: 'Three shakes or a slammed door'
	},
	{ path: 'yard/', title: 'The yard · Interactive POP3', heading: 'The yard' },
	{ path: 'reference/tcp/', title: 'TCP · Reference · Interactive POP3', heading: 'TCP' },
	{ path: 'reference/pop3/', title: 'POP3 · Reference · Interactive POP3', heading: 'POP3' },
	{ path: 'level/papers/', title: '2.1 Show your papers · Interactive POP3', heading: 'Show your papers' }
] as const;

/** Addresses of all that a page asks for, from now on. */
function requestsOf(page: Page): URL[] {
	const asked: URL[] = [];
	page.on('request', (request) => {
		if (request.url().startsWith('http')) asked.push(new URL(request.url()));
	});
	return asked;
}

for (const { path, title, heading } of PAGES)
	test(`/${path} loads with its slash and without, all of it from the site's own folder`, async ({
		page,
		baseURL
	}) => {
		const home = new URL(baseURL ?? '');
		const asked = requestsOf(page);
		const failed: string[] = [];
		page.on('response', (response) => {
			if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
		});
		page.on('requestfailed', (request) => failed.push(`${request.failure()?.errorText} ${request.url()}`));
		for (const address of new Set([path, path.replace(/\/$/, '')])) {
			const response = await page.goto(address);
			expect(response?.status()).toBe(200);
			await expect(page).toHaveURL(new URL(path, home).href);
			await expect(page).toHaveTitle(title);
			await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
		}
		expect(asked.map(({ origin }) => origin).filter((origin) => origin !== home.origin)).toEqual([]);
		expect(asked.map(({ pathname }) => pathname).filter((name) => !name.startsWith(home.pathname))).toEqual(
			[]
		);
		expect(failed).toEqual([]);
	});

test('modules, worker, font, icons, manifest and service worker come from the same folder', async ({
	page,
	baseURL,
	context
}) => {
	const home = new URL(baseURL ?? '');
	const asked = requestsOf(page);
	// the service worker fetches on its own account
	const kept = context.waitForEvent('serviceworker');
	await page.goto('level/papers/');
	const level = new LevelPage(page);
	await expect(level.text).toContainText('+OK POP3');
	await page.evaluate(() => document.fonts.ready);

	const paths = asked.map(({ pathname }) => pathname.slice(home.pathname.length));
	const one = (pattern: RegExp) =>
		expect(paths.filter((path) => pattern.test(path)).length).toBeGreaterThan(0);
	one(/^boot\.js$/);
	one(/^_app\/immutable\/entry\/start\..+\.js$/);
	one(/^_app\/immutable\/nodes\/.+\.js$/);
	one(/^_app\/immutable\/workers\/.+\.js$/);
	one(/^_app\/immutable\/assets\/.+\.css$/);
	one(/^_app\/immutable\/assets\/.+\.woff2$/);
	expect((await kept).url()).toBe(new URL('service-worker.js', home).href);
	expect(page.workers().map((worker) => new URL(worker.url()).pathname.slice(home.pathname.length))).toEqual([
		expect.stringMatching(/^_app\/immutable\/workers\/.+\.js$/)
	]);
	const links = await page.evaluate(() =>
		[...document.querySelectorAll<HTMLLinkElement>('link[rel*=icon], link[rel=manifest]')].map(
			({ rel, href }) => [rel, href]
		)
	);
	for (const [, address = ''] of links) expect((await page.request.get(address)).status(), address).toBe(200);
	expect(Object.fromEntries(links)).toEqual({
		manifest: new URL('manifest.webmanifest', home).href,
		icon: new URL('icon.svg', home).href,
		'apple-touch-icon': new URL('apple-touch-icon.png', home).href
	});
});

test('the manifest makes it installable, and its icons are as large as it says', async ({
	page,
	request,
	baseURL
}) => {
	const home = baseURL ?? '';
	await page.goto('');
	const address = await page.locator('link[rel=manifest]').evaluate((link: HTMLLinkElement) => link.href);
	const response = await request.get(address);
	expect(response.headers()['content-type']).toBe('application/manifest+json');
	const manifest = await response.json();
	expect(manifest).toMatchObject({ name: 'Interactive POP3', display: 'standalone' });
	for (const member of ['id', 'start_url', 'scope'])
		expect(new URL(manifest[member], address).href, member).toBe(home);

	const sizes = new Map<string, string[]>();
	for (const { src, sizes: declared, purpose = 'any', type } of manifest.icons) {
		const icon = await request.get(new URL(src, address).href);
		expect(icon.status(), src).toBe(200);
		expect(icon.headers()['content-type'], src).toBe(type);
		const drawn = await page.evaluate(async (address) => {
			const image = new Image();
			image.src = address;
			await image.decode();
			return `${image.naturalWidth}x${image.naturalHeight}`;
		}, new URL(src, address).href);
		if (declared !== 'any') expect(drawn, src).toBe(declared);
		sizes.set(purpose, [...(sizes.get(purpose) ?? []), declared]);
	}
	expect(sizes.get('any')).toEqual(expect.arrayContaining(['192x192', '512x512']));
	expect(sizes.get('maskable')).toEqual(['512x512']);
	// what the browser itself thinks of it
	const session = await page.context().newCDPSession(page);
	const { errors } = await session.send('Page.getAppManifest');
	expect(errors).toEqual([]);
});

test('where nothing is, the answer is 404', async ({ request }) => {
	for (const path of ['nowhere', 'level/nowhere/', '_app/immutable/nothing.js'])
		expect((await request.get(path)).status(), path).toBe(404);
});

test('the policy lets no inline script, no eval and no other host in, and it is enforced', async ({
	page,
	watch
}) => {
	for (const { path } of PAGES) {
		await page.goto(path);
		const policy = await page.locator('meta[http-equiv="content-security-policy" i]').getAttribute('content');
		const directives = new Map(
			(policy ?? '').split(';').map((part) => {
				const [name = '', ...sources] = part.trim().split(/\s+/);
				return [name, sources] as const;
			})
		);
		expect(directives.get('default-src')).toEqual(["'self'"]);
		expect(directives.get('connect-src')).toEqual(["'self'"]);
		expect(directives.get('object-src')).toEqual(["'none'"]);
		expect(directives.get('base-uri')).toEqual(["'none'"]);
		for (const source of directives.get('script-src') ?? ['none'])
			expect(source).toMatch(/^'self'$|^'sha256-[A-Za-z0-9+/]{43}='$/);
		for (const directive of ['script-src-elem', 'script-src-attr'])
			expect(directives.has(directive)).toBe(false);
		expect(policy).not.toContain('unsafe-inline');
		expect(policy).not.toContain('unsafe-eval');
	}
	expect(watch.complaints).toEqual([]);

	const refused = await page.evaluate(async () => {
		const inline = document.createElement('script');
		const marker = 'data-ran';
		// a string sink is refused by the trusted types, an element by the policy
		let typed = false;
		try {
			inline.text = `document.documentElement.setAttribute('${marker}', '')`;
		} catch {
			typed = true;
		}
		inline.append(`document.documentElement.setAttribute('${marker}', '')`);
		document.head.append(inline);
		// out of the debugger's own call, which may do anything
		await new Promise((resolve) => setTimeout(resolve));
		let evaluated = true;
		try {
			new Function('return 1')();
		} catch {
			evaluated = false;
		}
		const elsewhere = await fetch('http://127.0.0.1:9/').then(
			() => true,
			() => false
		);
		return { typed, ran: document.documentElement.hasAttribute(marker), evaluated, elsewhere };
	});
	expect(refused).toEqual({ typed: true, ran: false, evaluated: false, elsewhere: false });
	for (const complaint of watch.complaints.splice(0))
		expect(complaint).toMatch(
			/^console error: (policy: |.*(Content Security Policy|TrustedScript|Trusted Type))/
		);
});

test('a page without script still says what it is and where to go', async ({ browser, baseURL }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
	const page = await context.newPage();
	for (const { path, heading } of PAGES) {
		await page.goto(path);
		await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
	}
	await page.goto('map/');
	await page.getByRole('link', { name: 'Show your papers' }).click();
	await expect(page).toHaveURL(new URL('level/papers/', baseURL).href);
	await context.close();
});

test('what a search engine and a shared link need is in the page itself', async ({ request }) => {
	for (const { path, title } of PAGES) {
		const html = await (await request.get(path)).text();
		expect(html).toContain(`<title>${title}</title>`);
		expect(html).toMatch(/<meta name="description" content="[^"]{40,}"/);
		expect(html).toContain('<html lang="en">');
	}
	expect(await (await request.get('robots.txt')).text()).toContain('User-agent');
});
