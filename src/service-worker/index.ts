/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/// <reference types="@sveltejs/kit" />
/**
 * Offline after one visit: everything that was built is kept in one cache per build. A new edition waits until the page
 * asks for it, so it never takes over in the middle of a level.
 */
import { base, build, files, prerendered, version } from '$service-worker';

const worker = globalThis.self as unknown as ServiceWorkerGlobalScope;
const PREFIX = 'interactive-pop3-';
const CACHE = PREFIX + version;
const PAGES = new Set(prerendered);
const FILES = new Set([...build, ...files]);

worker.addEventListener('install', (event) => {
	const requests = [...FILES, ...PAGES].map((url) => new Request(url, { cache: 'reload' }));
	event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

worker.addEventListener('activate', (event) => {
	const dropOlder = async () => {
		for (const key of await caches.keys())
			if (key.startsWith(PREFIX) && key !== CACHE) await caches.delete(key);
	};
	event.waitUntil(dropOlder());
});

worker.addEventListener('message', (event) => {
	if (event.data === 'SKIP_WAITING') void worker.skipWaiting();
});

async function respond(request: Request, url: URL): Promise<Response> {
	// pages link relatively: without its trailing slash a page would look for its scripts one folder too high
	if (PAGES.has(url.pathname + '/')) return Response.redirect(url.pathname + '/' + url.search, 301);
	if (FILES.has(url.pathname) || PAGES.has(url.pathname)) {
		const kept = await (await caches.open(CACHE)).match(url.pathname);
		if (kept) return kept;
	}
	try {
		return await fetch(request);
	} catch (error) {
		if (request.mode === 'navigate') return Response.redirect(base + '/', 302);
		throw error;
	}
}

worker.addEventListener('fetch', (event) => {
	const url = new URL(event.request.url);
	if (event.request.method !== 'GET' || url.origin !== worker.location.origin) return;
	event.respondWith(respond(event.request, url));
});
