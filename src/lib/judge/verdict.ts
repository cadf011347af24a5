/** What a judgement says: a sentence, the clause that it rests on, and the packet that shows it. */

export interface Finding {
	/** Whose doing it is. */
	readonly who: 'client' | 'server' | 'both';
	/** One plain sentence. */
	readonly say: string;
	/** `RFC 1939 §3`. */
	readonly rfc: string;
	/** Number of the packet in the capture. */
	readonly packet: number;
}

export interface Verdict {
	/** The first deviation; null: none as far as the capture shows. */
	readonly deviation: Finding | null;
	/** What the RFC allows and few do, in the order in which it was seen. */
	readonly unusual: readonly Finding[];
	/** Why nothing was judged from some packet on. */
	readonly until: Finding | null;
}

/** Findings are kept up to this many: a hostile capture makes no list without end. */
const MOST_UNUSUAL = 20;

export class Findings {
	deviation: Finding | null = null;
	until: Finding | null = null;
	readonly #unusual: Finding[] = [];

	/** Nothing more is judged. */
	get closed(): boolean {
		return this.deviation !== null || this.until !== null;
	}
	deviates(finding: Finding): void {
		if (!this.closed) this.deviation = finding;
	}
	remark(finding: Finding): void {
		if (this.closed || this.#unusual.length >= MOST_UNUSUAL) return;
		if (!this.#unusual.some(({ say }) => say === finding.say)) this.#unusual.push(finding);
	}
	stop(finding: Finding): void {
		if (!this.closed) this.until = finding;
	}
	verdict(): Verdict {
		return { deviation: this.deviation, unusual: this.#unusual, until: this.until };
	}
}
