// Charts from the running definitions: nothing left out, nothing overlapping, and a run followed on them.
import { describe, expect, test } from 'vitest';
import { clientMachine } from '#lib/pop3/client.machine.ts';
import { mailMachine } from '#lib/pop3/mail.machine.ts';
import { serverMachine } from '#lib/pop3/server.machine.ts';
import { replay } from '#lib/sim/replay.ts';
import { innermost, inWords, outwards, takenAt, trigger, waysOut, type Chart } from '#lib/stage/chart.ts';
import { boxOf, endOf, graphOf, wrapped } from '#lib/stage/chart-graph.ts';
import { along, arrowhead, curve, layoutOf, type Box, type Layout } from '#lib/stage/chart-layout.ts';
import { chartOfMachine } from '#lib/stage/chart-of-machine.ts';
import { chartOfTable } from '#lib/stage/chart-of-table.ts';
import { isPlanned, ORDER, orderGraph, strides } from '#lib/stage/chart-order.ts';
import {
	beginning,
	chartInUse,
	octetsOf,
	packetBehind,
	pop3Steps,
	stepsOf,
	tcpSteps
} from '#lib/stage/chart-run.ts';
import { chartText, either, orderCells, orderText, waysText } from '#lib/stage/chart-text.ts';
import { TCP_TABLE } from '#lib/tcp/states.ts';
import { t0, typed } from '../fixtures/t0.ts';

const server = chartOfMachine('POP3 server', serverMachine.root);
const terminal = chartOfMachine('POP3 client, a terminal', clientMachine.root);
const mail = chartOfMachine('POP3 client, a mail program', mailMachine.root);
const tcp = chartOfTable('TCP', TCP_TABLE, 'CLOSED');
const none: ReadonlySet<string> = new Set();

const nested = (chart: Chart) =>
	chart.states.filter(({ initial }) => initial !== null).map(({ path }) => path);
const pictures = [server, terminal, mail, tcp].flatMap((chart) =>
	[null, ...nested(chart)].map((open) => ({
		name: `${chart.title}${open === null ? '' : `, ${open} open`}`,
		chart,
		open: new Set(open === null ? [] : [open])
	}))
);

const apart = (a: Box, b: Box) =>
	Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
const within = (inner: Box, outer: Box) =>
	Math.abs(inner.x - outer.x) <= (outer.width - inner.width) / 2 &&
	Math.abs(inner.y - outer.y) <= (outer.height - inner.height) / 2;
const named = (boxes: readonly (Box & { id: string })[]) =>
	boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b) => (apart(a, b) ? [] : [`${a.id} on ${b.id}`])));

function checkLayout(layout: Layout): void {
	const all: Box = {
		x: layout.width / 2,
		y: layout.height / 2,
		width: layout.width,
		height: layout.height
	};
	const boxes = layout.nodes.filter(({ kind }) => kind !== 'frame');
	const labels = layout.edges.flatMap(({ id, label }) => (label ? [{ id: `label ${id}`, ...label }] : []));
	expect(named([...boxes, ...labels])).toEqual([]);
	for (const box of [...boxes, ...labels]) expect(within(box, all), box.id).toBe(true);
	for (const { frame, ...box } of layout.nodes) {
		const around = layout.nodes.find(({ id }) => id === frame);
		if (around) expect(within(box, around), `${box.id} in ${around.id}`).toBe(true);
	}
	for (const frame of layout.nodes.filter(({ kind }) => kind === 'frame'))
		for (const box of boxes.filter((one) => one.frame !== frame.id))
			expect(apart(box, frame), `${box.id} outside ${frame.id}`).toBe(true);
	for (const { id, points } of layout.edges)
		for (const { x, y } of points) {
			expect(x >= 0 && x <= layout.width, id).toBe(true);
			expect(y >= 0 && y <= layout.height, id).toBe(true);
		}
}

describe.each(pictures)('$name', ({ chart, open }) => {
	const graph = graphOf(chart, open);
	const layout = layoutOf(graph);

	test('every transition of the definition is in the picture, once', () => {
		const drawn = [
			...graph.edges.flatMap(({ transitions }) => transitions),
			...graph.nodes.flatMap(({ inside }) => inside)
		];
		expect(drawn.toSorted()).toEqual(chart.transitions.map(({ id }) => id).toSorted());
	});
	test('every state is drawn, or inside a box that is closed', () => {
		const ids = new Set(graph.nodes.map(({ id }) => id));
		for (const { path } of chart.states) expect(ids.has(boxOf(chart, open, path)), path).toBe(true);
		for (const { from, to } of graph.edges) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
	});
	test('no box or label lies on another, and all lie in the picture', () => checkLayout(layout));
	test('has no more transitions than can be read', () => {
		expect(graph.edges.length).toBeLessThanOrEqual(27);
		expect(new Set(graph.edges.map(({ from, to }) => `${from} ${to}`)).size).toBe(graph.edges.length);
	});
});

describe('definitions', () => {
	test('all of a machine is there', () => {
		const count = (root: typeof serverMachine.root): number =>
			[...root.transitions].reduce((sum, [on, list]) => sum + (on === '' ? 0 : list.length), 0) +
			(root.always?.length ?? 0) +
			Object.values(root.states).reduce((sum, child) => sum + count(child), 0);
		expect(server.transitions).toHaveLength(count(serverMachine.root));
		expect(server.initial).toBe('listening');
		expect(server.states.filter(({ parent }) => parent === '').map(({ name }) => name)).toEqual([
			'listening',
			'AUTHORIZATION',
			'TRANSACTION',
			'UPDATE',
			'closed'
		]);
	});
	test('all of the table is there', () => {
		const rows = Object.values(TCP_TABLE).flatMap(({ on }) => Object.values(on).flat());
		expect(tcp.transitions).toHaveLength(rows.length);
		expect(tcp.states).toHaveLength(11);
	});
	test('guards, actions and clauses in words', () => {
		const quit = server.transitions.find(({ from, on, to }) => from === 'TRANSACTION' && on === 'QUIT' && to);
		expect(quit).toMatchObject({ to: 'UPDATE', guard: null, rfc: 'RFC 1939 §5' });
		const way = mail.transitions.find(({ guard }) => guard === 'next way is user');
		expect(way).toMatchObject({ on: '', to: 'AUTHORIZATION.naming' });
		const update = server.states.find(({ name }) => name === 'UPDATE');
		expect([update?.entry, update?.exit]).toEqual([['expunge'], ['releaseMaildrop']]);
	});
	test('the server’s three big states are on one small picture', () => {
		const { nodes, edges } = graphOf(server, none);
		expect(nodes.filter(({ kind }) => kind === 'state')).toHaveLength(5);
		expect(edges.length).toBeLessThanOrEqual(8);
		expect(nodes.find(({ id }) => id === 'TRANSACTION')?.lines.join(' ')).toContain('STAT LIST RETR DELE');
	});
	test('CLOSED is drawn twice, as in figure 5', () => {
		const { edges } = graphOf(tcp, none);
		expect(edges.find(({ from, to }) => from === 'LAST-ACK' && to === endOf('CLOSED'))).toBeDefined();
		expect(edges.find(({ from, to }) => from === 'LISTEN' && to === 'CLOSED')?.lines).toEqual(['CLOSE']);
	});
});

describe('the chart itself', () => {
	test('paths', () => {
		expect(outwards('a.b')).toEqual(['a.b', 'a', '']);
		expect(outwards('')).toEqual(['']);
		expect(innermost(server, 'AUTHORIZATION')).toBe('AUTHORIZATION.waitingForName');
		expect(inWords('nextReplyIsMultiLine')).toBe('next reply is multi line');
	});
	test('where it can go, and what it takes', () => {
		const ways = waysOut(tcp, 'ESTABLISHED');
		expect(ways).toContainEqual({ to: 'CLOSE-WAIT', on: ['rcv FIN'] });
		expect(waysText(tcp, 'LAST-ACK')).toBe('CLOSED on ABORT, rcv ACK of FIN, rcv RST or user timeout');
		expect(waysText(server, 'closed')).toContain('is overlong');
		expect(takenAt(server, 'TRANSACTION')).toContain('RSET');
		expect(takenAt(server, 'TRANSACTION')).not.toContain('QUIT');
		expect(trigger({ id: '', from: '', to: null, on: '*', guard: null, actions: [], rfc: '' })).toBe(
			'anything else'
		);
	});
	test('in words', () => {
		const text = chartText(tcp, 'LISTEN');
		expect(text).toContain('Current: LISTEN. Can go to: ');
		expect(text).toContain('on rcv RST, if opened passively → LISTEN / delete TCB');
		expect(text.match(/\n\s+on /g)).toHaveLength(tcp.transitions.length);
		expect(either(['a', 'b', 'c'])).toBe('a, b or c');
	});
	test('labels in lines', () => {
		expect(wrapped(['QUIT', 'ENDED', 'LOST'], 12, ', ')).toEqual(['QUIT, ENDED,', 'LOST']);
		expect(wrapped([], 12, ', ')).toEqual([]);
	});
	test('lines, heads and places along them', () => {
		const points = [
			{ x: 0, y: 0 },
			{ x: 0, y: 100 },
			{ x: 100, y: 100 }
		];
		expect(along(points, 0.75)).toEqual({ x: 50, y: 100 });
		expect(along(points, 2)).toEqual({ x: 100, y: 100 });
		expect(curve(points)).toBe('M0 0L0 82Q0 100 18 100L100 100');
		expect(arrowhead(points)).toMatch(/^M100 100L.*Z$/);
		expect([curve([]), arrowhead([])]).toEqual(['', '']);
	});
});

describe('a run', () => {
	const lines = ['connect post 110', 'USER ada', 'PASS lovelace', 'STAT', 'NOOP', 'RETR 1', 'QUIT'];
	const world = replay(t0(), 110, typed(lines));
	world.advance(100_000_000);
	const { log } = world;
	const last = log.at(-1)?.seq;

	test('every step is one of the charts’, and goes on where the one before ended', () => {
		expect(last).toBeGreaterThan(80);
		for (const steps of [
			pop3Steps(server, log, 'post'),
			pop3Steps(terminal, log, 'desk'),
			tcpSteps(tcp, log, 'desk')
		]) {
			expect(steps.length).toBeGreaterThan(4);
			for (const [i, step] of steps.entries()) {
				expect(step.transition, `${step.from} ${step.on}`).not.toBeNull();
				if (i > 0) expect(step.from).toBe(steps[i - 1]?.to);
			}
		}
	});
	test('the server’s way', () => {
		const steps = pop3Steps(server, log, 'post');
		expect(steps.map(({ to }) => to.split('.').at(-1))).toEqual([
			'waitingForName',
			'waitingForPassword',
			'openingMaildrop',
			'TRANSACTION',
			'TRANSACTION',
			'TRANSACTION',
			'TRANSACTION',
			'UPDATE',
			'closed'
		]);
		expect(steps.filter(({ from, to }) => from === to).map(({ on }) => on)).toEqual(['STAT', 'NOOP', 'RETR']);
	});
	test('a step leads to the octets that caused it, and a packet to all that it caused', () => {
		const steps = pop3Steps(server, log, 'post');
		const user = steps.find(({ on }) => on === 'USER');
		const packet = packetBehind(log, user?.seq ?? -1) ?? 0;
		const sent = log.find((event) => event.kind === 'packet.sent' && event.packet === packet);
		expect(sent?.kind === 'packet.sent' && new TextDecoder().decode(sent.bytes.slice(40))).toBe(
			'USER ada\r\n'
		);
		expect(octetsOf(log, packet, 'USER')).toEqual([320, 400]);
		const pass = steps.find(({ on }) => on === 'PASS');
		const both = stepsOf(log, steps, packetBehind(log, pass?.seq ?? -1) ?? 0);
		expect(both.map(({ on }) => on)).toEqual(['PASS', 'OPENED']);
		const ends = tcpSteps(tcp, log, 'desk');
		expect(octetsOf(log, packetBehind(log, ends[1]?.seq ?? -1) ?? 0, 'rcv SYN,ACK')).toHaveLength(2);
		expect(packetBehind(log, ends[0]?.seq ?? -1)).toBeNull();
		expect(beginning(log, ends[0]?.seq ?? -1)).toBe('the line typed: connect post 110');
		expect(octetsOf(log, 9999, 'USER')).toBeNull();
	});
	test('which client it was', () => {
		expect(chartInUse([terminal, mail], log, 'desk')).toBe(0);
		expect(chartInUse([terminal, mail], [], 'desk')).toBe(0);
	});
	test('its lines over the recommended order', () => {
		const way = strides(log, 'desk');
		expect(way.map(({ keyword }) => keyword)).toEqual([
			'connect',
			'USER',
			'PASS',
			'STAT',
			'NOOP',
			'RETR',
			'QUIT'
		]);
		const graph = orderGraph(way);
		expect(graph.nodes.map(({ id }) => id)).toEqual([...ORDER, 'NOOP']);
		const found = (from: string, to: string) =>
			graph.edges.find((edge) => edge.from === from && edge.to === to);
		expect(found('USER', 'PASS')).toMatchObject({ plan: true, own: true, lines: ['2'] });
		expect(found('STAT', 'NOOP')).toMatchObject({ own: true, lines: ['4'] });
		expect(found('STAT', 'LIST')).toMatchObject({ plan: true, lines: [] });
		expect(isPlanned('STAT', 'NOOP')).toBe(false);
		expect(orderText(way)).toContain('4. NOOP (another way than recommended)');
		expect(orderCells(way).slice(2, 4)).toEqual([
			['3', 'PASS', 'STAT', 'as recommended'],
			['4', 'STAT', 'NOOP', 'another way']
		]);
		expect(orderCells(way)).toHaveLength(way.length - 1);
		checkLayout(layoutOf(graph));
		checkLayout(layoutOf(orderGraph([])));
	});
});
