/**
 * Tells when a newer edition has been fetched and waits. Nothing is taken over in mid-level and nothing reloads by itself:
 * the page shows that it is ready, and `take` is called only when the person goes to another page.
 */

/** A browser may keep the older edition busy: after so many milliseconds the person goes on with that one. */
const PATIENCE = 3000;
/** Chromium wakes the older edition when a link is pressed, and then does not let it go: it is left to fall asleep first. */
const REST = 300;

export class Edition {
	#waiting = $state.raw<ServiceWorker | null>(null);
	/** It has taken over, here or in another tab; this page is still the older one. */
	#behind = $state.raw(false);

	/** A newer edition is ready. */
	get ready(): boolean {
		return this.#waiting !== null || this.#behind;
	}

	/** Starts to watch; returns what stops it. In a browser without service workers it does nothing. */
	watch(): () => void {
		const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
		if (!workers) return () => {};
		const stop = new AbortController();
		const { signal } = stop;
		const offer = (worker: ServiceWorker) => {
			// without a controller this is the very first install: there is nothing to replace
			if (worker.state === 'installed' && workers.controller && !signal.aborted) this.#waiting = worker;
		};
		const follow = (worker: ServiceWorker | null) => {
			if (!worker) return;
			offer(worker);
			worker.addEventListener('statechange', () => offer(worker), { signal });
		};
		workers.addEventListener('controllerchange', () => (this.#behind = true), { signal });
		void workers.ready.then((registration) => {
			if (signal.aborted) return;
			// all three: the navigation's own check may have found it before this code ran
			follow(registration.waiting);
			follow(registration.installing);
			registration.addEventListener('updatefound', () => follow(registration.installing), { signal });
			const check = () => {
				if (document.visibilityState === 'visible') registration.update().catch(() => {}); // offline: later
			};
			document.addEventListener('visibilitychange', check, { signal });
			check();
		});
		return () => stop.abort();
	}

	/** Lets the newer edition take over. True: it has, and the next page has to be loaded whole. */
	take(): Promise<boolean> {
		if (this.#behind) return Promise.resolve(true);
		return new Promise((resolve) => {
			const stop = new AbortController();
			const end = (taken: boolean) => {
				clearTimeout(wait);
				clearTimeout(ask);
				stop.abort();
				resolve(taken);
			};
			const wait = setTimeout(end, PATIENCE, false);
			const ask = setTimeout(() => this.#waiting?.postMessage('SKIP_WAITING'), REST);
			navigator.serviceWorker.addEventListener('controllerchange', () => end(true), { signal: stop.signal });
		});
	}
}
