import { error } from '@sveltejs/kit';
import { LEVELS, levelOf } from '#lib/levels/index.ts';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () => LEVELS.map(({ slug }) => ({ slug }));

export const load: PageLoad = ({ params }) => {
	if (!levelOf(params.slug)) error(404, 'No such level');
	return { slug: params.slug };
};
