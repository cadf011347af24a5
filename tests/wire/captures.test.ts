/**
 * Our dissection against Wireshark's, over captures of real clients and servers. Each `.tsv` was printed by
 * `tshark 4.0 -o tcp.relative_sequence_numbers:FALSE -T fields -E header=y -E separator=/t -E occurrence=a -E aggregator='|'` with the fields in its first line.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { datagramOf } from '#lib/capture/capture.ts';
import { readCapture } from '#lib/capture/pcap.ts';
import { dissect } from '#lib/wire/dissect.ts';
import type { Node } from '#lib/wire/node.ts';
import { find, findAll, problems } from '#lib/wire/nodes.ts';
import { crafted } from '../fixtures/crafted.ts';
import { coverFault } from './support.ts';

const folder = new URL('../fixtures/captures/', import.meta.url);
const captures = readdirSync(folder).filter((file) => /[.]pcap(ng)?$/.test(file));

/** Header lengths, which Wireshark gives in octets. */
const inWords = new Set(['ip.hdr_len', 'tcp.hdr_len']);
/** Shown as octets there, as a number here. */
const asOctets = new Set(['icmp.unused', 'tcp.options.unknown.payload']);
const asText = /^(pop[.]|ip[.](src|dst|rec_rt|empty_rt|opt[.]time_stamp_addr)$|icmp[.]redir_gw$)/;

/** A node's value in Wireshark's words. */
function told(node: Node, field: string): string {
	if (asText.test(field)) return node.shown;
	if (asOctets.has(field)) {
		const digits = (node.bits[1] - node.bits[0]) / 4;
		return node.value === undefined
			? node.shown.replaceAll(' ', '')
			: node.value.toString(16).padStart(digits, '0');
	}
	return String(inWords.has(field) ? node.value! * 4 : node.value);
}

/** Wireshark's text in the same form: hexadecimal as decimal. */
function asked(text: string): string {
	return text.startsWith('0x') ? String(Number(text)) : text;
}

test('there are captures', () => {
	expect(captures).toHaveLength(9);
});

describe.each(captures)('%s', (file) => {
	const capture = readCapture(new Uint8Array(readFileSync(new URL(file, folder))));
	const table = readFileSync(new URL(file.replace(/[.]pcap(ng)?$/, '.tsv'), folder), 'utf8').split('\n');
	const fields = table[0]!.split('\t');
	const rows = table.slice(1, -1).map((line) => line.split('\t'));

	test('every field is what Wireshark says', () => {
		expect(rows).toHaveLength(capture.packets.length);
		for (const [i, packet] of capture.packets.entries()) {
			const datagram = datagramOf(capture, packet);
			const tree = datagram && dissect(datagram);
			for (const [column, field] of fields.entries()) {
				// of a segment quoted by ICMP it prints only `tcp.seq`, which there is the number as carried
				if (field === 'tcp.seq_raw' && tree && find(tree, 'icmp')) continue;
				const ours = tree ? findAll(tree, field).map((node) => told(node, field)) : [];
				const theirs = rows[i]![column]! === '' ? [] : rows[i]![column]!.split('|').map(asked);
				expect(ours, `packet ${i + 1}, ${field}`).toEqual(theirs);
			}
		}
	});

	test('every bit is covered once, and nothing is wrong with what was really sent', () => {
		for (const packet of capture.packets) {
			const datagram = datagramOf(capture, packet);
			if (!datagram) continue;
			const tree = dissect(datagram);
			expect(coverFault(tree, datagram.length * 8)).toBe('');
			if (file !== 'crafted.pcapng') expect(problems(tree)).toEqual([]);
		}
	});
});

test('the crafted capture holds the crafted datagrams', () => {
	const capture = readCapture(new Uint8Array(readFileSync(new URL('crafted.pcapng', folder))));
	expect(capture.packets.map((p) => [p.comment, p.bytes])).toEqual(crafted);
});
