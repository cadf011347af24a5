/**
 * Tells when a newer edition has been fetched and waits. Nothing is taken over in mid-level: the page shows that it is
 * ready, and `apply` is called only when the person leaves a level or asks for it.
 */
export class Edition {
	#waiting = $state.raw<ServiceWorker | null>(null);
	#accepted = false;

	/** A newer edition is ready. */
	get ready(): boolean {
		return this.#waiting !== null;
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
		workers.addEventListener('controllerchange', () => this.#accepted && location.reload(), { signal });
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

	/** Lets the newer edition take over; the page reloads once, when it has. */
	apply(): void {
		this.#accepted = true;
		this.#waiting?.postMessage('SKIP_WAITING');
	}
}
