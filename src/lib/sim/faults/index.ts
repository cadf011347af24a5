/** Every fault a link can have, innermost first. */
import type { Fault } from './fault.ts';
import { loss } from './loss.ts';

export const FAULTS: readonly Fault[] = [loss];
