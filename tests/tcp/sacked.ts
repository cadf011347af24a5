// Connections that have agreed upon selective acknowledgment.
import { LESSON } from '#lib/tcp/connection.ts';
import { Story } from './story.ts';

export const sack = { tuning: { ...LESSON, sack: true } };

export const open = (config: object = sack) =>
	Story.open(config).skip().tell('< SYN,ACK seq=5000 mss=1460 sackOK\n> ACK');
