/** What the places of the reference are called, and by what else they are found. */

export const field = (protocol: string): string => `${protocol} field`;
export const header = 'Header';
export const headerOf = (protocol: string): string => `${protocol} header`;
export const options = 'Options';
export const optionsOf = (protocol: string): string => `${protocol} options`;
export const optionsSay = 'Extras behind the fixed header, each with a kind and mostly a length.';
export const option = (protocol: string): string => `${protocol} option`;
export const optionField = (protocol: string): string => `${protocol} option field`;
export const tcpState = 'TCP state';
export const pop3Command = 'POP3 command';
export const pop3State = 'POP3 state';
export const linePart = 'Part of a POP3 line';

/** What people call a field besides its label. */
export const also: Readonly<Record<string, string>> = {
	'ip.ttl': 'TTL hops',
	'ip.hdr_len': 'IHL',
	'ip.len': 'length',
	'ip.flags.df': 'DF don’t fragment',
	'ip.flags.mf': 'MF more fragments',
	'ip.frag_offset': 'fragment',
	'ip.proto': 'protocol',
	'tcp.seq_raw': 'sequence number SEQ tcp.seq',
	'tcp.ack_raw': 'acknowledgement number ACK tcp.ack',
	'tcp.flags.ack': 'ACK',
	'tcp.flags.syn': 'SYN',
	'tcp.flags.fin': 'FIN',
	'tcp.flags.reset': 'RST',
	'tcp.flags.push': 'PSH',
	'tcp.flags.urg': 'URG',
	'tcp.window_size_value': 'window rwnd flow control',
	'tcp.options.mss': 'MSS maximum segment size',
	'tcp.options.mss_val': 'MSS maximum segment size',
	'tcp.options.sack': 'SACK selective acknowledgement'
};
