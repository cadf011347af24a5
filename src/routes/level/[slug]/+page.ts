import { error } from '@sveltejs/kit';
import { LEVELS, listed } from '#lib/levels/index.ts';
import * as words from '#words/missing.ts';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () => LEVELS.map(({ slug }) => ({ slug }));

export const load: PageLoad = async ({ params }) => {
	const level = await listed(params.slug)?.load();
	if (!level) error(404, words.level);
	return { level };
};
