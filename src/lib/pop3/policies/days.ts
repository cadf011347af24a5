/** Letters stay on the server for two weeks after they were fetched; a session after that deletes them. */
import type { Policy } from '../policy.ts';
import { leave } from './leave.ts';

export const days: Policy = { ...leave, keepDays: 14 };
