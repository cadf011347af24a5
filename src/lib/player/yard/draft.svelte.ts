/**
 * A scene while somebody edits it: what it is now, what it was before, what is chosen, and what is wrong with it. Law: nothing
 * of it touches the run on the stage until the scene is played.
 */
import { removeHost, part, type Edited } from '#lib/levels/scene-edit.ts';
import { sameData } from '#lib/levels/fingerprint.ts';
import { setFault } from '#lib/levels/scene-quality.ts';
import { hostOf, linkOf, type Scene } from '#lib/levels/scene.ts';
import * as words from '#words/yard-draft.ts';
import type { Check } from './documents.ts';
import { caution, placed, type Picked, type Problem } from './problems.ts';

/** Steps that can be undone. */
const MOST = 200;

interface Step {
	readonly scene: Scene;
	readonly picked: Picked | null;
}

export class Draft {
	#past = $state.raw<readonly Step[]>([]);
	#future = $state.raw<readonly Step[]>([]);
	#now = $state.raw<Step>({ scene: {} as Scene, picked: null });
	#base = $state.raw<Scene>({} as Scene);
	#say = $state.raw('');
	#check = $state.raw<Check | null>(null);

	readonly changed = $derived(!sameData(this.#now.scene, this.#base));
	/** What keeps it from being played; null: nothing. */
	readonly problem = $derived.by((): Problem | null => {
		const { scene } = this.#now;
		const own = caution(scene);
		const judged = this.#check?.({ version: 1, kind: 'scene', scene });
		if (!judged || judged.ok) return null;
		return own ?? placed(judged.problem, scene);
	});
	/** It can be played, but hardly as it was meant. */
	readonly caution = $derived.by(() => (this.problem ? null : caution(this.#now.scene)));

	constructor(scene: Scene) {
		this.#now = { scene, picked: null };
		this.#base = scene;
	}

	get scene(): Scene {
		return this.#now.scene;
	}
	get picked(): Picked | null {
		return this.#now.picked;
	}
	/** What the last step did, or why it was refused. */
	get say(): string {
		return this.#say;
	}
	get canUndo(): boolean {
		return this.#past.length > 0;
	}
	get canRedo(): boolean {
		return this.#future.length > 0;
	}

	/** From now on the whole is judged after each step. */
	judge(check: Check): void {
		this.#check = check;
	}
	/** This is what is on the stage. */
	settle(scene: Scene): void {
		this.#base = scene;
	}

	pick(picked: Picked | null): void {
		this.#now = { ...this.#now, picked };
		this.#say = '';
	}
	put(scene: Scene, say = '', picked: Picked | null = this.#now.picked): void {
		this.#say = say;
		if (sameData(scene, this.#now.scene)) {
			this.#now = { ...this.#now, picked };
			return;
		}
		this.#past = [...this.#past, this.#now].slice(-MOST);
		this.#future = [];
		this.#now = { scene, picked: valid(scene, picked) };
	}
	apply(edited: Edited, say: (picked: string) => string): void {
		if (!edited.ok) {
			this.#say = edited.say;
			return;
		}
		const kind = hostOf(edited.scene, edited.picked) ? 'host' : 'link';
		this.put(edited.scene, say(edited.picked), { kind, id: edited.picked });
	}
	/** Takes away what is chosen. */
	remove(): void {
		const { scene, picked } = this.#now;
		if (picked?.kind === 'host') this.apply(removeHost(scene, picked.id), () => words.gone(picked.id));
		else if (picked?.kind === 'link') this.apply(part(scene, picked.id), () => words.linkGone);
		else if (picked?.kind === 'fault') this.put(setFault(scene, picked.at, null), words.faultGone, null);
	}
	undo(): void {
		const last = this.#past.at(-1);
		if (!last) return;
		this.#future = [this.#now, ...this.#future];
		this.#past = this.#past.slice(0, -1);
		this.#now = last;
		this.#say = words.undone;
	}
	redo(): void {
		const [next, ...rest] = this.#future;
		if (!next) return;
		this.#past = [...this.#past, this.#now];
		this.#future = rest;
		this.#now = next;
		this.#say = words.doneAgain;
	}
}

/** A choice of something that is still there. */
function valid(scene: Scene, picked: Picked | null): Picked | null {
	if (picked?.kind === 'host') return hostOf(scene, picked.id) ? picked : null;
	if (picked?.kind === 'link') return linkOf(scene, picked.id) ? picked : null;
	return picked?.kind === 'fault' && scene.scenario.faults?.[picked.at] ? picked : null;
}
