import { error } from '@sveltejs/kit';
import { TOPICS } from '#lib/ui/reference/topics.ts';
import * as words from '#words/missing.ts';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () => TOPICS.map(({ slug }) => ({ topic: slug }));

export const load: PageLoad = ({ params }) => {
	const topic = TOPICS.find(({ slug }) => slug === params.topic);
	if (!topic) error(404, words.topic);
	return { topic };
};
