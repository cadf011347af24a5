// The text twins: what a picture shows is in its words, line by line and cell by cell.
import { expect, test } from 'vitest';
import { layersOf, leavesOf } from '#lib/player/fields.ts';
import { maildrops } from '#lib/levels/maildrop.ts';
import { maildropsTable, maildropsText } from '#lib/player/maildrop-text.ts';
import {
	gridTable,
	gridText,
	octetsTable,
	octetsText,
	treeTable,
	treeText
} from '#lib/player/packet-text.ts';
import { packetsTable, packetsText } from '#lib/player/packets-text.ts';
import { tableText } from '#lib/player/table-text.ts';
import { ladderCells, ladderText } from '#lib/stage/ladder-text.ts';
import { parcelsOf } from '#lib/stage/parcels.ts';
import { along } from '#lib/levels/topologies.ts';
import { stageCells, stageText } from '#lib/stage/stage-text.ts';
import { changesOf, worldAt } from '#lib/stage/world.ts';
import { papers } from '#lib/levels/papers.ts';
import { login, lossy, session } from './talk.ts';

const one = session(papers.scenario, papers.seed, [...login, 'STAT']);
const parcels = parcelsOf(one.log);
const changes = changesOf(one.log);
const lines = (text: string) => text.trimEnd().split('\n');

test('a cell is one cell and a row one line, whatever stands in them', () => {
	expect(tableText(['a', 'b'], [['x\ty', 'p\r\nq']])).toBe('a\tb\nx y\tp q\n');
});

test('the packet list: a line for each packet, columns in line', () => {
	const text = lines(packetsText(one.rows, one.rows[0]!.at));
	expect(text).toHaveLength(one.rows.length + 1);
	const info = text[0]!.indexOf('info');
	one.rows.forEach((row, i) => expect(text[i + 1]!.slice(info)).toBe(row.info));
	const table = lines(packetsTable(one.rows, 0)).map((row) => row.split('\t'));
	expect(table.map(([number]) => number)).toEqual(['#', ...one.rows.map(({ packet }) => String(packet))]);
	const torn = session(lossy(0.25, 64), 4, login);
	expect(packetsTable(torn.rows, 0)).toContain('retransmission of #');
});

test('the tree: every field with its value and its octets', () => {
	const { bytes } = one.rows.find(({ info }) => info === 'USER ada')!;
	const nodes = layersOf(bytes);
	const text = treeText(nodes, bytes);
	for (const { label, shown } of leavesOf(nodes)) expect(text).toContain(`${label}: ${shown} (`);
	expect(text).toMatch(/^ {4}Time to live: \d+ \([\da-f]{2}\)$/m);
	expect(treeTable(nodes, bytes)).toContain('Time to live\tip.ttl\t');
	expect(octetsText(bytes)).toMatch(/^0020 {2}.* USER ad$/m.test(octetsText(bytes)) ? /^0020/m : /USER/);
});

test('the bits: words of 32 bits between lines, as the RFCs draw them', () => {
	const { bytes } = one.rows[0]!;
	const text = gridText(layersOf(bytes), bytes);
	const drawn = lines(text).filter((line) => /^[|+]/.test(line));
	expect(new Set(drawn.map((line) => line.length))).toEqual(new Set([65]));
	expect(text).toContain(
		'|          Source port          |       Destination port        |\n|             49152             |              110              |'
	);
	expect(text.match(/^\+-/gm)!.length).toBe(bytes.length / 4 + 2);
});

test('bits and bytes as tables: every bit and every octet once, in order, under the name of its field', () => {
	const { bytes } = one.rows.find(({ info }) => info === 'USER ada')!;
	const nodes = layersOf(bytes);
	const cells = (text: string) =>
		lines(text)
			.slice(1)
			.map((row) => row.split('\t'));
	const whole = [...bytes].map((octet) => octet.toString(2).padStart(8, '0')).join('');
	const bits = cells(gridTable(nodes, bytes));
	expect(bits.map(([, , , , , , binary]) => binary).join('')).toBe(whole);
	expect(bits).toContainEqual(['IP', '2', '0', '8', 'Time to live', 'ip.ttl', '01000000', '64']);
	const long = one.rows.find(({ info }) => info.startsWith('+OK POP3'))!.bytes;
	expect(gridTable(layersOf(long), long)).toContain(', goes on\t');
	const octets = cells(octetsTable(nodes, bytes));
	expect(octets.map(([at]) => Number(at))).toEqual([...bytes.keys()]);
	expect(octets.map(([, hex]) => Number.parseInt(hex!, 16))).toEqual([...bytes]);
	expect(octets.map(([, , , binary]) => binary).join('')).toBe(whole);
	expect(octets[0]).toEqual(['0', '45', '69', '01000101', 'E', 'Version and Header length']);
	for (const [, , , , , field] of octets) expect(field).not.toBe('');
});

test('the ladder: each packet an arrow from its host to the other, losses end half way', () => {
	const text = ladderText(papers.scenario, parcels, changes, Infinity);
	expect(text).toMatch(/^ +0\.000 s {2}\|- 1 S -+>\|$/m);
	expect(text).toMatch(/\|<-+ 2 SA -\|$/m);
	expect(text).toMatch(/\* TCP ESTABLISHED/);
	expect(lines(text).filter((line) => /[<>]/.test(line))).toHaveLength(parcels.length);
	const { columns, rows } = ladderCells(parcels, changes, Infinity);
	expect(rows.every((row) => row.length === columns.length)).toBe(true);
	expect(rows.filter(([, packet]) => packet !== '')).toHaveLength(parcels.length);
	const torn = session(lossy(0.3, 536), 3, login);
	expect(ladderText(papers.scenario, parcelsOf(torn.log), changesOf(torn.log), Infinity)).toMatch(/-+X {3}/);
});

test('the stage: hosts with their states, links, and what is on its way', () => {
	const world = worldAt(papers.scenario, changes, Infinity);
	expect(stageText(papers.scenario, world, parcels, Infinity)).toMatch(
		/^Hosts\ndesk, 192\.0\.2\.10, ESTABLISHED.*\npost, .*\n\nLinks\n.*20 ms.*\n\nOn the way\nNothing\.\n$/
	);
	const under = parcels[0]!.sent + 1;
	const early = stageText(papers.scenario, worldAt(papers.scenario, changes, under), parcels, under);
	expect(early).toContain('Packet 1, desk to post: ');
	const { columns, rows } = stageCells(papers.scenario, world, parcels, under);
	expect(rows.every((row) => row.length === columns.length)).toBe(true);
});

test('the stage: a router and a NAT say what they are, and a link the faults of the moment', () => {
	const scenario = {
		...along(papers.scenario, 'nat'),
		faults: [
			{ kind: 'loss', link: 'desk-nat', share: 0.1 },
			{ kind: 'cut', link: 'nat-post', from: 1_000_000 }
		]
	} as const;
	const at = (time: number) => stageText(scenario, worldAt(scenario, [], 0), [], 0, time);
	expect(at(0)).toMatch(/^nat, .*, NAT$/m);
	expect(at(0)).toMatch(/^desk-nat, .*, loses 10 %$/m);
	const down = at(2_000_000)
		.split('\n')
		.find((line) => line.startsWith('nat-post'));
	expect(down).not.toBe(
		at(0)
			.split('\n')
			.find((line) => line.startsWith('nat-post'))
	);
	expect(down).toMatch(/cut/);
});

test('the maildrops: a row for each letter', () => {
	const boxes = maildrops(papers.scenario, one.log);
	const letters = boxes.flatMap((box) => box.letters);
	expect(lines(maildropsTable(boxes))).toHaveLength(letters.length + 1);
	for (const { uid } of letters) expect(maildropsText(boxes)).toContain(uid);
});
