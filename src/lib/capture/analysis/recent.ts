/** A map that keeps the `most` keys that were added last, in constant time: the oldest makes room for the newest. */
export class Recent<K, V> {
	readonly #most: number;
	readonly #map = new Map<K, V>();
	/** Keys in the order of their adding, in a ring. */
	readonly #ring: K[] = [];
	#oldest = 0;

	constructor(most: number) {
		this.#most = most;
	}

	get size(): number {
		return this.#map.size;
	}

	get(key: K): V | undefined {
		return this.#map.get(key);
	}

	/** A key that is there keeps its age. */
	set(key: K, value: V): void {
		if (!this.#map.has(key)) {
			if (this.#ring.length < this.#most) this.#ring.push(key);
			else {
				this.#map.delete(this.#ring[this.#oldest]!);
				this.#ring[this.#oldest] = key;
				this.#oldest = (this.#oldest + 1) % this.#most;
			}
		}
		this.#map.set(key, value);
	}

	delete(key: K): void {
		this.#map.delete(key);
	}
}
