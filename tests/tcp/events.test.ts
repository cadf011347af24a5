// Each of the eleven states with each event of RFC 9293 §3.10: six calls, what SEGMENT ARRIVES tells apart, three time-outs.
import { describe, expect, test } from 'vitest';
import { TCP_STATES } from '#lib/tcp/states.ts';
import { EVENTS, outcome } from './events.ts';

/** Read against the text of §3.10.1 to §3.10.8; how a line is written stands in events.ts. */
const TABLE = `
CLOSED
  OPEN                    > SYN 0:0(0) <mss 1460> = SYN-SENT
  SEND                    connection does not exist
  RECEIVE                 connection does not exist
  CLOSE                   connection does not exist
  ABORT                   connection does not exist
  STATUS                  connection does not exist
  SYN                     > RST,ACK -1000:-1000(0) ack 1
  SYN,ACK                 > RST 77:77(0)
  ACK                     > RST 77:77(0)
  ACK of the unsent       > RST 78:78(0)
  text                    > RST 77:77(0)
  text too early          > RST 77:77(0)
  text beyond window      > RST 77:77(0)
  FIN                     > RST 77:77(0)
  FIN again               > RST 77:77(0)
  RST                     nothing
  RST within window       nothing
  RST beyond window       nothing
  no ACK                  > RST,ACK -1000:-1000(0) ack 3
  USER TIMEOUT            nothing
  RETRANSMISSION TIMEOUT  nothing
  TIME-WAIT TIMEOUT       nothing
LISTEN
  OPEN                    > SYN 0:0(0) <mss 1460> = SYN-SENT
  SEND                    > SYN 0:0(0) <mss 1460> = SYN-SENT
  RECEIVE                 nothing
  CLOSE                   = CLOSED
  ABORT                   = CLOSED
  STATUS                  LISTEN
  SYN                     > SYN,ACK 0:0(0) ack 1 <mss 1460> = SYN-RECEIVED
  SYN,ACK                 > RST 77:77(0)
  ACK                     > RST 77:77(0)
  ACK of the unsent       > RST 78:78(0)
  text                    > RST 77:77(0)
  text too early          > RST 77:77(0)
  text beyond window      > RST 77:77(0)
  FIN                     > RST 77:77(0)
  FIN again               > RST 77:77(0)
  RST                     nothing
  RST within window       nothing
  RST beyond window       nothing
  no ACK                  nothing
  USER TIMEOUT            nothing
  RETRANSMISSION TIMEOUT  nothing
  TIME-WAIT TIMEOUT       nothing
SYN-SENT
  OPEN                    connection already exists
  SEND                    nothing
  RECEIVE                 nothing
  CLOSE                   = CLOSED
  ABORT                   = CLOSED
  STATUS                  SYN-SENT
  SYN                     > SYN,ACK 0:0(0) ack 1 <mss 1460> = SYN-RECEIVED
  SYN,ACK                 > ACK 1:1(0) ack 1 = ESTABLISHED
  ACK                     nothing
  ACK of the unsent       > RST 2:2(0)
  text                    nothing
  text too early          nothing
  text beyond window      nothing
  FIN                     nothing
  FIN again               nothing
  RST                     = CLOSED ! error refused
  RST within window       nothing
  RST beyond window       nothing
  no ACK                  nothing
  USER TIMEOUT            = CLOSED ! error timeout
  RETRANSMISSION TIMEOUT  > SYN 0:0(0) <mss 1460> (rto)
  TIME-WAIT TIMEOUT       nothing
SYN-RECEIVED
  OPEN                    connection already exists
  SEND                    nothing
  RECEIVE                 nothing
  CLOSE                   > FIN,ACK 1:1(0) ack 1 = FIN-WAIT-1
  ABORT                   > RST 1:1(0) = CLOSED
  STATUS                  SYN-RECEIVED
  SYN                     = LISTEN
  SYN,ACK                 = LISTEN
  ACK                     = ESTABLISHED
  ACK of the unsent       > RST 2:2(0)
  text                    reads 3 > ACK 1:1(0) ack 4 = ESTABLISHED
  text too early          > ACK 1:1(0) ack 1 = ESTABLISHED
  text beyond window      > ACK 1:1(0) ack 1
  FIN                     > ACK 1:1(0) ack 2 = CLOSE-WAIT ! end
  FIN again               > ACK 1:1(0) ack 1
  RST                     = LISTEN
  RST within window       > ACK 1:1(0) ack 1
  RST beyond window       nothing
  no ACK                  nothing
  USER TIMEOUT            = CLOSED ! error timeout
  RETRANSMISSION TIMEOUT  > SYN,ACK 0:0(0) ack 1 <mss 1460> (rto)
  TIME-WAIT TIMEOUT       nothing
ESTABLISHED
  OPEN                    connection already exists
  SEND                    > PSH,ACK 1:2(1) ack 1 "x"
  RECEIVE                 nothing
  CLOSE                   > FIN,ACK 1:1(0) ack 1 = FIN-WAIT-1
  ABORT                   > RST 1:1(0) = CLOSED
  STATUS                  ESTABLISHED
  SYN                     > ACK 1:1(0) ack 1
  SYN,ACK                 > ACK 1:1(0) ack 1
  ACK                     nothing
  ACK of the unsent       > ACK 1:1(0) ack 1
  text                    reads 3 > ACK 1:1(0) ack 4
  text too early          > ACK 1:1(0) ack 1
  text beyond window      > ACK 1:1(0) ack 1
  FIN                     > ACK 1:1(0) ack 2 = CLOSE-WAIT ! end
  FIN again               > ACK 1:1(0) ack 1
  RST                     = CLOSED ! error reset
  RST within window       > ACK 1:1(0) ack 1
  RST beyond window       nothing
  no ACK                  nothing
  USER TIMEOUT            = CLOSED ! error timeout
  RETRANSMISSION TIMEOUT  > PSH,ACK 1:2(1) ack 1 "x" (rto)
  TIME-WAIT TIMEOUT       nothing
FIN-WAIT-1
  OPEN                    connection already exists
  SEND                    connection closing
  RECEIVE                 nothing
  CLOSE                   connection closing
  ABORT                   > RST 2:2(0) = CLOSED
  STATUS                  FIN-WAIT-1
  SYN                     > ACK 2:2(0) ack 1
  SYN,ACK                 > ACK 2:2(0) ack 1
  ACK                     = FIN-WAIT-2
  ACK of the unsent       > ACK 2:2(0) ack 1
  text                    reads 3 > ACK 2:2(0) ack 4 = FIN-WAIT-2
  text too early          > ACK 2:2(0) ack 1 = FIN-WAIT-2
  text beyond window      > ACK 2:2(0) ack 1
  FIN                     > ACK 2:2(0) ack 2 = TIME-WAIT ! end
  FIN again               > ACK 2:2(0) ack 1
  RST                     = CLOSED ! error reset
  RST within window       > ACK 2:2(0) ack 1
  RST beyond window       nothing
  no ACK                  nothing
  USER TIMEOUT            = CLOSED ! error timeout
  RETRANSMISSION TIMEOUT  > FIN,ACK 1:1(0) ack 1 (rto)
  TIME-WAIT TIMEOUT       nothing
FIN-WAIT-2
  OPEN                    connection already exists
  SEND                    connection closing
  RECEIVE                 nothing
  CLOSE                   connection closing
  ABORT                   > RST 2:2(0) = CLOSED
  STATUS                  FIN-WAIT-2
  SYN                     > ACK 2:2(0) ack 1
  SYN,ACK                 > ACK 2:2(0) ack 1
  ACK                     nothing
  ACK of the unsent       > ACK 2:2(0) ack 1
  text                    reads 3 > ACK 2:2(0) ack 4
  text too early          > ACK 2:2(0) ack 1
  text beyond window      > ACK 2:2(0) ack 1
  FIN                     > ACK 2:2(0) ack 2 = TIME-WAIT ! end
  FIN again               > ACK 2:2(0) ack 1
  RST                     = CLOSED ! error reset
  RST within window       > ACK 2:2(0) ack 1
  RST beyond window       nothing
  no ACK                  nothing
  USER TIMEOUT            nothing
  RETRANSMISSION TIMEOUT  nothing
  TIME-WAIT TIMEOUT       nothing
CLOSE-WAIT
  OPEN                    connection already exists
  SEND                    > PSH,ACK 1:2(1) ack 2 "x"
  RECEIVE                 connection closing
  CLOSE                   > FIN,ACK 1:1(0) ack 2 = LAST-ACK
  ABORT                   > RST 1:1(0) = CLOSED
  STATUS                  CLOSE-WAIT
  SYN                     > ACK 1:1(0) ack 2
  SYN,ACK                 > ACK 1:1(0) ack 2
  ACK                     nothing
  ACK of the unsent       > ACK 1:1(0) ack 2
  text                    > ACK 1:1(0) ack 2
  text too early          > ACK 1:1(0) ack 2
  text beyond window      > ACK 1:1(0) ack 2
  FIN                     > ACK 1:1(0) ack 2
  FIN again               > ACK 1:1(0) ack 2
  RST                     = CLOSED ! error reset
  RST within window       > ACK 1:1(0) ack 2
  RST beyond window       nothing
  no ACK                  nothing
  USER TIMEOUT            = CLOSED ! error timeout
  RETRANSMISSION TIMEOUT  > PSH,ACK 1:2(1) ack 2 "x" (rto)
  TIME-WAIT TIMEOUT       nothing
CLOSING
  OPEN                    connection already exists
  SEND                    connection closing
  RECEIVE                 connection closing
  CLOSE                   connection closing
  ABORT                   = CLOSED
  STATUS                  CLOSING
  SYN                     > ACK 2:2(0) ack 2
  SYN,ACK                 > ACK 2:2(0) ack 2
  ACK                     = TIME-WAIT
  ACK of the unsent       > ACK 2:2(0) ack 2
  text                    > ACK 2:2(0) ack 2 = TIME-WAIT
  text too early          > ACK 2:2(0) ack 2 = TIME-WAIT
  text beyond window      > ACK 2:2(0) ack 2
  FIN                     > ACK 2:2(0) ack 2 = TIME-WAIT
  FIN again               > ACK 2:2(0) ack 2
  RST                     = CLOSED
  RST within window       > ACK 2:2(0) ack 2
  RST beyond window       nothing
  no ACK                  nothing
  USER TIMEOUT            = CLOSED ! error timeout
  RETRANSMISSION TIMEOUT  > FIN,ACK 1:1(0) ack 2 (rto)
  TIME-WAIT TIMEOUT       nothing
LAST-ACK
  OPEN                    connection already exists
  SEND                    connection closing
  RECEIVE                 connection closing
  CLOSE                   connection closing
  ABORT                   = CLOSED
  STATUS                  LAST-ACK
  SYN                     > ACK 2:2(0) ack 2
  SYN,ACK                 > ACK 2:2(0) ack 2
  ACK                     = CLOSED
  ACK of the unsent       > ACK 2:2(0) ack 2
  text                    = CLOSED
  text too early          = CLOSED
  text beyond window      > ACK 2:2(0) ack 2
  FIN                     = CLOSED
  FIN again               > ACK 2:2(0) ack 2
  RST                     = CLOSED
  RST within window       > ACK 2:2(0) ack 2
  RST beyond window       nothing
  no ACK                  nothing
  USER TIMEOUT            = CLOSED ! error timeout
  RETRANSMISSION TIMEOUT  > FIN,ACK 1:1(0) ack 2 (rto)
  TIME-WAIT TIMEOUT       nothing
TIME-WAIT
  OPEN                    connection already exists
  SEND                    connection closing
  RECEIVE                 connection closing
  CLOSE                   connection closing
  ABORT                   = CLOSED
  STATUS                  TIME-WAIT
  SYN                     > ACK 2:2(0) ack 2
  SYN,ACK                 > ACK 2:2(0) ack 2
  ACK                     nothing
  ACK of the unsent       > ACK 2:2(0) ack 2
  text                    > ACK 2:2(0) ack 2
  text too early          > ACK 2:2(0) ack 2
  text beyond window      > ACK 2:2(0) ack 2
  FIN                     > ACK 2:2(0) ack 2
  FIN again               > ACK 2:2(0) ack 2
  RST                     = CLOSED
  RST within window       > ACK 2:2(0) ack 2
  RST beyond window       nothing
  no ACK                  nothing
  USER TIMEOUT            nothing
  RETRANSMISSION TIMEOUT  nothing
  TIME-WAIT TIMEOUT       = CLOSED
`;

const rows = TABLE.trim()
	.split(/\n(?=\S)/)
	.flatMap((block) => {
		const [state = '', ...lines] = block.split('\n');
		return lines.map((line) => {
			const [event = '', ...words] = line.trim().split(/ {2,}/);
			return { state, event, words: words.join(' ') };
		});
	});

test('there is a row for each pair', () => {
	const pairs = TCP_STATES.flatMap((state) => EVENTS.map((event) => `${state} ${event}`));
	expect(rows.map(({ state, event }) => `${state} ${event}`)).toEqual(pairs);
});

describe.each(TCP_STATES)('in %s', (state) => {
	const own = rows.filter((row) => row.state === state);
	test.each(own)('$event: $words', ({ event, words }) => {
		expect(outcome(state, event)).toBe(words);
	});
});
