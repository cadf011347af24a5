/** Leave on server: letters stay there, and their unique-ids are remembered here (RFC 1939 §7, UIDL; §8). */
import type { Policy } from '../policy.ts';
import { download } from './download.ts';

export const leave: Policy = { ...download, remember: true, withoutUidl: 'stop', keepDays: null };
