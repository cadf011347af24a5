/** Headers first: `TOP n 0` for every new letter; whole ones come when the person asks for them. */
import type { Policy } from '../policy.ts';
import { leave } from './leave.ts';

export const headers: Policy = { ...leave, fetch: 'header' };
