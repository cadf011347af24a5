/**
 * The player's own switches, kept on the device. Law: a switch that cannot be stored still works until the page is
 * closed, and what is read back is checked value by value. `static/boot.js` reads the same entry before the first
 * paint, so that neither colours nor motion change after it.
 */

export const SETTINGS_KEY = 'interactive-pop3.settings';

export const CHOICES = {
	theme: ['system', 'light', 'dark'],
	/** Whether things move: as the system says, always, never. */
	motion: ['system', 'on', 'off'],
	narration: ['off', 'summary', 'every-packet'],
	/** Single-key shortcuts (WCAG 2.1.4). */
	keys: ['on', 'off'],
	/** Whether a met goal is heard. */
	sound: ['off', 'on']
} as const;

export type Setting = keyof typeof CHOICES;
export type Choice<S extends Setting> = (typeof CHOICES)[S][number];
export type Choices = { readonly [S in Setting]: Choice<S> };
export type Narration = Choice<'narration'>;

const DEFAULTS: Choices = {
	theme: 'system',
	motion: 'system',
	narration: 'summary',
	keys: 'on',
	sound: 'off'
};

/** Reads what was stored; anything unknown falls back, one value at a time. */
export function readChoices(text: string | null): Choices {
	let given: unknown = null;
	try {
		given = JSON.parse(text ?? 'null');
	} catch {
		// a damaged entry holds nothing worth a message: the defaults stand
	}
	const stored = new Map(Object.entries(typeof given === 'object' && given !== null ? given : {}));
	const pick = <S extends Setting>(setting: S): Choice<S> => {
		const allowed: readonly Choice<S>[] = CHOICES[setting];
		// an entry of before names a choice with spaces
		const given = String(stored.get(setting)).replaceAll(' ', '-');
		return allowed.find((choice) => choice === given) ?? DEFAULTS[setting];
	};
	return {
		theme: pick('theme'),
		motion: pick('motion'),
		narration: pick('narration'),
		keys: pick('keys'),
		sound: pick('sound')
	};
}

export class Settings {
	#choices = $state.raw<Choices>(DEFAULTS);
	#systemDark = $state.raw(false);
	#systemStill = $state.raw(false);
	#storage: Storage | null = null;

	get choices(): Choices {
		return this.#choices;
	}
	get theme(): 'light' | 'dark' {
		const { theme } = this.#choices;
		return theme === 'system' ? (this.#systemDark ? 'dark' : 'light') : theme;
	}
	get reducedMotion(): boolean {
		const { motion } = this.#choices;
		return motion === 'system' ? this.#systemStill : motion === 'off';
	}
	get narration(): Narration {
		return this.#choices.narration;
	}
	get sounds(): boolean {
		return this.#choices.sound === 'on';
	}
	get singleKeys(): boolean {
		return this.#choices.keys === 'on';
	}

	set<S extends Setting>(setting: S, choice: Choice<S>): void {
		this.#choices = { ...this.#choices, [setting]: choice };
		try {
			this.#storage?.setItem(SETTINGS_KEY, JSON.stringify(this.#choices));
		} catch {
			// full or refused: the choice holds until the page is closed
		}
	}

	/** Reads the device and follows the system's wishes; returns what stops it. In the browser only. */
	open(): () => void {
		try {
			this.#storage = localStorage;
			this.#choices = readChoices(this.#storage.getItem(SETTINGS_KEY));
		} catch {
			this.#storage = null;
		}
		const stop = new AbortController();
		const follow = (query: string, tell: (matches: boolean) => void) => {
			const media = matchMedia(query);
			tell(media.matches);
			media.addEventListener('change', () => tell(media.matches), { signal: stop.signal });
		};
		follow('(prefers-color-scheme: dark)', (dark) => (this.#systemDark = dark));
		follow('(prefers-reduced-motion: reduce)', (still) => (this.#systemStill = still));
		return () => stop.abort();
	}
}
