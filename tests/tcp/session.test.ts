import { expect, test } from 'vitest';
import { Pair, SECOND, type Io } from './pair.ts';

/** A POP3 session as TCP sees it: the server greets, answers four lines and closes first. */
function popSession(): Pair {
	const answers = ['+OK ada', '+OK maildrop has 4 messages', '+OK 4 7042', '+OK bye'];
	const lines = ['USER ada', 'PASS lovelace', 'STAT', 'QUIT'];
	const answer = (io: Io) => {
		io.write(`${answers.shift()}\r\n`);
		if (answers.length === 0) io.close();
	};
	return new Pair({
		apps: {
			desk: {
				ended: (io) => io.close()
			},
			post: {
				connected: (io) => io.write('+OK POP3 server ready on post\r\n'),
				received: answer
			}
		}
	})
		.open()
		.run(SECOND)
		.act('desk', (io) => io.write(`${lines[0]}\r\n`))
		.run(2 * SECOND)
		.act('desk', (io) => io.write(`${lines[1]}\r\n`))
		.run(3 * SECOND)
		.act('desk', (io) => io.write(`${lines[2]}\r\n`))
		.run(4 * SECOND)
		.act('desk', (io) => io.write(`${lines[3]}\r\n`))
		.run(10 * SECOND);
}

test('greeting, USER, PASS, STAT and QUIT with the server closing first are exactly 20 packets', () => {
	expect(popSession().lines()).toEqual([
		'desk SYN 1000',
		'post SYN,ACK 5000 ack 1001',
		'desk ACK 1001 ack 5001',
		'post PSH,ACK 5001 ack 1001 len 31',
		'desk ACK 1001 ack 5032',
		'desk PSH,ACK 1001 ack 5032 len 10',
		'post PSH,ACK 5032 ack 1011 len 9',
		'desk ACK 1011 ack 5041',
		'desk PSH,ACK 1011 ack 5041 len 15',
		'post PSH,ACK 5041 ack 1026 len 29',
		'desk ACK 1026 ack 5070',
		'desk PSH,ACK 1026 ack 5070 len 6',
		'post PSH,ACK 5070 ack 1032 len 12',
		'desk ACK 1032 ack 5082',
		'desk PSH,ACK 1032 ack 5082 len 6',
		'post PSH,ACK 5082 ack 1038 len 9',
		'post FIN,ACK 5091 ack 1038',
		'desk ACK 1038 ack 5091',
		'desk FIN,ACK 1038 ack 5092',
		'post ACK 5092 ack 1039'
	]);
});

test('the server passes FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT; the client CLOSE-WAIT, LAST-ACK, CLOSED', () => {
	const pair = popSession();
	expect(pair.states('post')).toEqual([
		'SYN-RECEIVED',
		'ESTABLISHED',
		'FIN-WAIT-1',
		'FIN-WAIT-2',
		'TIME-WAIT'
	]);
	expect(pair.states('desk')).toEqual(['SYN-SENT', 'ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK', 'CLOSED']);
	expect(pair.closed).toEqual(['desk']);
	pair.run(300 * SECOND);
	expect(pair.state('post')).toBe('CLOSED');
	expect(pair.closed).toEqual(['desk', 'post']);
	expect(pair.errors).toEqual([]);
	expect(pair.sent).toHaveLength(20);
});
