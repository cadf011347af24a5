/** The definitions that run, as charts to be drawn. Loaded when a chart is first looked at, and not before. */
import { clientMachine } from '#lib/pop3/client.machine.ts';
import { mailMachine } from '#lib/pop3/mail.machine.ts';
import { serverMachine } from '#lib/pop3/server.machine.ts';
import { chartOfMachine } from '#lib/stage/chart-of-machine.ts';
import { chartOfTable } from '#lib/stage/chart-of-table.ts';
import { TCP_TABLE } from '#lib/tcp/states.ts';

export const TCP = chartOfTable('TCP', TCP_TABLE, 'CLOSED');
export const SERVER = chartOfMachine('POP3 server', serverMachine.root);
/** A host may talk by hand or by its mail program. */
export const CLIENTS = [
	chartOfMachine('POP3 client, a terminal', clientMachine.root),
	chartOfMachine('POP3 client, a mail program', mailMachine.root)
] as const;
