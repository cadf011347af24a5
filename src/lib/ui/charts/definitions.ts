/** The definitions that run, as charts to be drawn. Loaded when a chart is first looked at, and not before. */
import { clientMachine } from '#lib/pop3/client.machine.ts';
import { mailMachine } from '#lib/pop3/mail.machine.ts';
import { wired, type Wire } from '#lib/pop3/wiring.ts';
import type { Chart } from '#lib/stage/chart.ts';
import { chartOfMachine } from '#lib/stage/chart-of-machine.ts';
import { chartOfTable } from '#lib/stage/chart-of-table.ts';
import { TCP_TABLE } from '#lib/tcp/states.ts';
import * as words from '#words/charts.ts';

export const TCP = chartOfTable(words.tcp, TCP_TABLE, 'CLOSED');
/** Of a server whose arrows are aimed so. */
export function serverChart(wires: readonly Wire[] = []): Chart {
	const machine = wired(wires);
	let chart = servers.get(machine);
	if (!chart) servers.set(machine, (chart = chartOfMachine(words.server, machine.root)));
	return chart;
}
const servers = new WeakMap<object, Chart>();
/** A host may talk by hand or by its mail program. */
export const CLIENTS = [
	chartOfMachine(words.terminal, clientMachine.root),
	chartOfMachine(words.mailProgram, mailMachine.root)
] as const;
