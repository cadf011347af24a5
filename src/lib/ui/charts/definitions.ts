/** The definitions that run, as charts to be drawn. Loaded when a chart is first looked at, and not before. */
import { clientMachine } from '#lib/pop3/client.machine.ts';
import { mailMachine } from '#lib/pop3/mail.machine.ts';
import { wired, type Wire } from '#lib/pop3/wiring.ts';
import type { Chart } from '#lib/stage/chart.ts';
import { chartOfMachine } from '#lib/stage/chart-of-machine.ts';
import { chartOfTable } from '#lib/stage/chart-of-table.ts';
import { TCP_TABLE } from '#lib/tcp/states.ts';

export const TCP = chartOfTable('TCP', TCP_TABLE, 'CLOSED');
/** Of a server whose arrows are aimed so. */
export function serverChart(wires: readonly Wire[] = []): Chart {
	const machine = wired(wires);
	let chart = servers.get(machine);
	if (!chart) servers.set(machine, (chart = chartOfMachine('POP3 server', machine.root)));
	return chart;
}
const servers = new WeakMap<object, Chart>();
/** A host may talk by hand or by its mail program. */
export const CLIENTS = [
	chartOfMachine('POP3 client, a terminal', clientMachine.root),
	chartOfMachine('POP3 client, a mail program', mailMachine.root)
] as const;
