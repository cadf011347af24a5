/**
 * What other TCPs are tested for and what ours is: every behaviour that the tests of packetdrill, the Linux kernel, smoltcp
 * and gVisor name, with the scripts that hold us to it or the reason why it is left out. Data for the reference page. Its
 * law, kept by a test: every script named exists, and every script that exists is named.
 */
import { BENEATH } from './catalogue/beneath.ts';
import { CLOSING } from './catalogue/closing.ts';
import { CONGESTION } from './catalogue/congestion.ts';
import { LOSS } from './catalogue/loss.ts';
import { OPENING } from './catalogue/opening.ts';
import { REPAIR } from './catalogue/repair.ts';
import type { Coverage } from './catalogue/row.ts';
import { TRANSFER } from './catalogue/transfer.ts';

export type { Coverage } from './catalogue/row.ts';

export const COVERAGE: readonly Coverage[] = [
	...OPENING,
	...TRANSFER,
	...LOSS,
	...CONGESTION,
	...REPAIR,
	...CLOSING,
	...BENEATH
];
