/** A size limit for a slow line: of letters over 5,000 octets only the first lines come. */
import type { Policy } from '../policy.ts';
import { leave } from './leave.ts';

export const small: Policy = { ...leave, sizeLimit: 5_000 };
