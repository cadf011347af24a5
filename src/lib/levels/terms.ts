/**
 * By which words a level is found on the map besides its name and concept: commands, header fields, states. One line
 * each, built or not; a test holds the slugs against the campaign.
 */
export const TERMS: Readonly<Record<string, string>> = {
	knock: 'connect greeting +OK SYN SYN-SENT ESTABLISHED port 110 POP3',
	shake:
		'SYN SYN,ACK ACK RST port sequence number acknowledgement number SYN-SENT SYN-RECEIVED LISTEN connect tcp.seq tcp.ack',
	papers: 'USER PASS +OK -ERR AUTHORIZATION TRANSACTION maildrop lock password login',
	notyet: 'USER PASS QUIT STAT RETR DELE NOOP AUTHORIZATION TRANSACTION UPDATE state -ERR',
	doorman: 'state machine statechart USER DELE QUIT AUTHORIZATION TRANSACTION UPDATE transition guard',
	count: 'STAT LIST RETR octets size CRLF',
	lonedot: 'RETR CRLF multi-line reply end dot termination octets 0d 0a 2e',
	stuffed: 'RETR LIST byte-stuffing dot-stuffing octets size',
	top: 'TOP headers From octets body lines',
	goodbye: 'DELE RSET QUIT STAT UPDATE TRANSACTION mark expunge delete',
	plug: 'DELE RST abort UPDATE TRANSACTION cut connection lost autologout',
	names: 'UIDL unique-id RETR message number session',
	twice: 'UIDL leave on server duplicates sync mail program settings',
	two: 'sync two devices leave on server DELE RETR mail program IMAP',
	lock: 'IN-USE exclusive lock PASS -ERR idle timer autologout inactivity QUIT',
	postcards: 'PASS password plain text tap eavesdrop sniff octets hexadecimal IPv4',
	secret: 'APOP CAPA MD5 digest timestamp greeting challenge replay SASL',
	envelope: 'IPv4 header total length IHL header length protocol TTL time to live DF flags checksum address',
	hops: 'TTL time to live ICMP time exceeded header checksum router traceroute',
	cut: 'MTU fragment offset MF identification more fragments reassembly',
	nobend: 'DF don’t fragment ICMP fragmentation needed path MTU discovery MSS',
	numbers: 'sequence number acknowledgement number SYN FIN PSH ACK tcp.seq tcp.ack',
	bites: 'MSS maximum segment size segmentation byte stream',
	lost: 'duplicate ACK fast retransmit retransmission cumulative ACK loss',
	storm: 'RTO retransmission timer backoff SYN SYN-SENT timeout drop',
	order: 'reorder duplicate out of order receive buffer ACK',
	full: 'window zero window probe flow control receive buffer',
	hangup: 'FIN FIN-WAIT-1 FIN-WAIT-2 CLOSE-WAIT CLOSING LAST-ACK TIME-WAIT CLOSED RST half-close 2MSL',
	rooms: 'NAT NAPT port rewriting mapping route longest prefix private address',
	arrive: 'SMTP HELO EHLO MAIL RCPT DATA MX push pull',
	hold: 'SMTP queue retry 4xx session snapshot STAT',
	other: 'IMAP SELECT FETCH STORE EXPUNGE UIDVALIDITY flags',
	sealed: 'TLS STLS STARTTLS certificate handshake encryption port 995',
	hangs: 'MTU path MTU black hole ICMP filter DF fragmentation needed MSS clamp',
	mallory: 'STLS strip RST injection replay man in the middle cut',
	shift: 'UIDL lock MTU retransmission diagnosis capture'
};

/**
 * Which of the texts hold every wanted word, by their index. A word that stands whole in any of them must stand whole:
 * STAT does not find "state". Another is found anywhere, so that one finds while one types.
 */
export function search(wanted: string, texts: readonly string[]): readonly number[] {
	const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
	const lower = texts.map((text) => text.toLowerCase());
	const tests = words.map((word) => {
		const whole = new RegExp(`(?<![a-z0-9])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![a-z0-9])`);
		return lower.some((text) => whole.test(text))
			? (text: string) => whole.test(text)
			: (text: string) => text.includes(word);
	});
	return lower.flatMap((text, i) => (tests.every((test) => test(text)) ? [i] : []));
}
