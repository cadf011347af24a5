/** Every built level, its module loaded. */
import { LEVELS } from '#lib/levels/index.ts';
import type { Level } from '#lib/levels/level.ts';

export const ALL_LEVELS: readonly Level[] = await Promise.all(LEVELS.map(({ load }) => load()));
