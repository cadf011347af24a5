/** Where the reference is, for whatever on the screen has an entry there. Absent where a part stands alone. */
import { getContext, setContext } from 'svelte';

type Reference = (place: { readonly topic: string; readonly anchor?: string }) => string;

const KEY = Symbol('reference');

export function setReference(address: (topic: string) => string): void {
	const reference: Reference = ({ topic, anchor }) => `${address(topic)}${anchor ? `#${anchor}` : ''}`;
	setContext(KEY, reference);
}

export function getReference(): Reference | null {
	return getContext<Reference | undefined>(KEY) ?? null;
}
