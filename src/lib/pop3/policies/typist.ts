/** A person at a terminal, who decides every line. The chart is `clientMachine`; the terminal session performs it. */
import type { ByHand } from '../policy.ts';

export const typist: ByHand = { by: 'hand' };
