/** The twenty octets that every TCP segment starts with (RFC 9293 §3.1). */
import { defineHeader, type Field } from './layout.ts';
import { count, flag, hex } from './text.ts';

const RFC = 'RFC 9293 §3.1';

/** The control bits in the order of the wire, as people call them. */
const controls = ['AE', 'CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'] as const;

/** `SYN, ACK`: the control bits that are set, lowest first. */
export function showControls(bits: number): string {
	const names = controls.filter((_, i) => bits & (0x100 >> i)).reverse();
	return names.length > 0 ? names.join(', ') : 'none';
}

function control<const N extends string, const L extends string>(
	name: N,
	label: L,
	filter: string,
	rfc: string,
	note: string
): Field & { readonly name: N } {
	return { name, bits: 1, label, filter, rfc, note, show: flag };
}

export const TCP = defineHeader('TCP', [
	{
		name: 'srcPort',
		bits: 16,
		label: 'Source port',
		filter: 'tcp.srcport',
		rfc: RFC,
		note: 'The door of the sending program, so that answers find the right program on that host.'
	},
	{
		name: 'dstPort',
		bits: 16,
		label: 'Destination port',
		filter: 'tcp.dstport',
		rfc: RFC,
		note: 'The door the segment wants to reach; mail is fetched at door 110.'
	},
	{
		name: 'seq',
		bits: 32,
		label: 'Sequence number',
		filter: 'tcp.seq_raw',
		rfc: RFC,
		note: 'Numbers the first octet in this segment, so that the receiver can put the pieces in order.'
	},
	{
		name: 'ack',
		bits: 32,
		label: 'Acknowledgment number',
		filter: 'tcp.ack_raw',
		rfc: RFC,
		note: 'The number of the next octet the sender is waiting for; everything before it has arrived.'
	},
	{
		name: 'dataOffset',
		bits: 4,
		label: 'Data offset',
		filter: 'tcp.hdr_len',
		rfc: RFC,
		note: 'Counts the header in steps of four octets, so that the reader knows where the data starts.',
		fill: 'length',
		show: (words) => `${words * 4} octets (${words} × 4)`
	},
	{
		label: 'Control bits',
		filter: 'tcp.flags',
		rfc: RFC,
		note: 'Switches that say what kind of segment this is: hello, goodbye, got it.',
		show: (bits) => showControls(bits) + (bits > 0x1ff ? ' and reserved bits' : ''),
		fields: [
			{
				name: 'reserved',
				bits: 3,
				label: 'Reserved',
				filter: 'tcp.flags.res',
				rfc: RFC,
				note: 'Kept free for the future, so these bits stay 0.'
			},
			control(
				'ae',
				'Accurate ECN (AE)',
				'tcp.flags.ae',
				RFC,
				'Reserved in the main standard; newer hosts count warnings of crowded roads with it.'
			),
			control(
				'cwr',
				'Congestion window reduced (CWR)',
				'tcp.flags.cwr',
				'RFC 3168 §6.1.2',
				'Tells the other side that its warning was heard and that the sender has slowed down.'
			),
			control(
				'ece',
				'ECN-echo (ECE)',
				'tcp.flags.ece',
				'RFC 3168 §6.1.3',
				'Passes on a warning from a router that the road is getting crowded.'
			),
			control(
				'urg',
				'Urgent (URG)',
				'tcp.flags.urg',
				RFC,
				'Says that the urgent pointer below means something.'
			),
			control(
				'ackFlag',
				'Acknowledgment (ACK)',
				'tcp.flags.ack',
				RFC,
				'Says that the acknowledgment number above means something; it is set on all but the first segment.'
			),
			control(
				'psh',
				'Push (PSH)',
				'tcp.flags.push',
				RFC,
				'Asks the receiver to hand the data to its program now, without waiting for more.'
			),
			control(
				'rst',
				'Reset (RST)',
				'tcp.flags.reset',
				RFC,
				'Ends the connection at once: something is wrong, or nobody is listening here.'
			),
			control(
				'syn',
				'Synchronize (SYN)',
				'tcp.flags.syn',
				RFC,
				'Opens a connection: both sides say at which number their counting starts.'
			),
			control(
				'fin',
				'Finish (FIN)',
				'tcp.flags.fin',
				RFC,
				'Says politely that the sender has nothing more to send.'
			)
		]
	},
	{
		name: 'window',
		bits: 16,
		label: 'Window',
		filter: 'tcp.window_size_value',
		rfc: RFC,
		note: 'How much more the sender of this segment can take in, so that nobody sends it too much.'
	},
	{
		name: 'checksum',
		bits: 16,
		label: 'Checksum',
		filter: 'tcp.checksum',
		rfc: RFC,
		note: 'A sum over the segment and its addresses; if it does not come out right, the segment is thrown away.',
		fill: 'checksum',
		show: (value) => hex(value, 4)
	},
	{
		name: 'urgent',
		bits: 16,
		label: 'Urgent pointer',
		filter: 'tcp.urgent_pointer',
		rfc: RFC,
		note: 'Counts how far urgent data reaches; it is only read when URG is set.',
		show: (value) => count(value, 'octet')
	}
]);
