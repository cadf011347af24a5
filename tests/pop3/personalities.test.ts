// One script to every personality: how its server differs from `rfc`, exactly, and where in public that was reported.
import { describe, expect, test } from 'vitest';
import { octetsToLatin1, utf8ToOctets } from '#lib/mail/octets.ts';
import { personalities, personality } from '#lib/pop3/personality.ts';
import { createStore, type MailStore } from '#lib/pop3/store.ts';
import { greeted, kinds, octets, written } from './story.ts';

const MESSAGES = [
	'Subject: dots\r\n\r\n.\r\n..x\r\nend\r\n',
	`Subject: wide\r\n\r\n${octetsToLatin1(utf8ToOctets('Grüße, 日本'))}\r\n`,
	'Subject: last\r\n\r\nbye\r\n'
];

function store(): MailStore {
	const messages = MESSAGES.map((text, i) => ({ uid: `u${i + 1}`, octets: octets(text) }));
	return createStore([{ name: 'ada', password: 'lovelace', messages }]);
}

/** Each act of the script with what comes of it: lines of the reply, `(closed)`, or what is left in the box. */
const SCRIPT = [
	'USER eve',
	'USER ada',
	'PASS wrong',
	'CAPA',
	'(reconnect)',
	'USER ada',
	'PASS lovelace',
	'XYZZY',
	'STAT',
	'LIST',
	'LIST 2',
	'UIDL',
	'RETR 1',
	'TOP 3 0',
	'DELE 1',
	'LIST',
	'RETR 1',
	'RETR 2',
	'RSET',
	'(reconnect)',
	'USER ada',
	'PASS lovelace',
	'UIDL',
	'DELE 3',
	'(60 s)',
	'NOOP',
	'(reconnect)',
	'(left)'
];

function play(name: string): [act: string, outcome: string][] {
	const mail = store();
	let session = greeted(mail, { personality: name, greeting: undefined, habits: { failureDelay: 0 } });
	let patience: number | null = null;
	return SCRIPT.map((act, i) => {
		if (act === '(left)')
			return [
				act,
				mail
					.box('ada')
					?.messages.map(({ uid }) => uid)
					.join(' ') ?? ''
			];
		if (act === '(reconnect)') {
			session.lost();
			session = greeted(mail, { personality: name, greeting: undefined, habits: { failureDelay: 0 } });
			return [`${i} ${act}`, ''];
		}
		const waits = act === '(60 s)';
		if (waits && (patience === null || patience > 60_000_000)) return [act, ''];
		const effects = waits ? session.timeout('autologout') : session.octets(octets(`${act}\r\n`));
		for (const effect of effects)
			if (effect.type === 'timer' && effect.timer === 'autologout') patience = effect.after;
		const closed = effects.some(({ type }) => type === 'close') ? '(closed)' : '';
		return [`${i} ${act}`, written(effects) + closed];
	});
}

const base = play('rfc');

/** What `name` does otherwise than `rfc`: `act: its outcome`. */
function differences(name: string): Record<string, string> {
	const theirs = play(name);
	return Object.fromEntries(theirs.filter(([, outcome], i) => outcome !== base[i]?.[1]));
}

const listing = (rows: string) => `${rows}.\r\n`;
const NO = '-ERR unknown command\r\n';

describe('each fault is one thing, and no more', () => {
	const EXPECTED: Readonly<Record<string, Record<string, string>>> = {
		'no-stuffing': { '12 RETR 1': `+OK 30 octets\r\n${MESSAGES[0]}.\r\n` },
		renumbering: {
			'15 LIST': `+OK 2 messages (56 octets)\r\n${listing('1 34\r\n2 22\r\n')}`,
			'16 RETR 1': `+OK 34 octets\r\n${MESSAGES[1]}.\r\n`,
			'17 RETR 2': `+OK 22 octets\r\n${MESSAGES[2]}.\r\n`
		},
		'unstable-uidl': {
			'11 UIDL': `+OK\r\n${listing('1 1.u1\r\n2 1.u2\r\n3 1.u3\r\n')}`,
			'22 UIDL': `+OK\r\n${listing('1 2.u1\r\n2 2.u2\r\n3 2.u3\r\n')}`
		},
		'no-uidl': { '3 CAPA': 'without UIDL', '11 UIDL': NO, '22 UIDL': NO },
		'no-top': { '3 CAPA': 'without TOP', '13 TOP 3 0': NO },
		'list-all': { '10 LIST 2': `+OK 3 messages (86 octets)\r\n${listing('1 30\r\n2 34\r\n3 22\r\n')}` },
		silent: { '7 XYZZY': '' },
		characters: {
			'6 PASS lovelace': "+OK ada's maildrop has 3 messages (80 octets)\r\n",
			'8 STAT': '+OK 3 80\r\n',
			'9 LIST': `+OK 3 messages (80 octets)\r\n${listing('1 30\r\n2 28\r\n3 22\r\n')}`,
			'10 LIST 2': '+OK 2 28\r\n',
			'15 LIST': `+OK 2 messages (50 octets)\r\n${listing('2 28\r\n3 22\r\n')}`,
			'17 RETR 2': `+OK 28 octets\r\n${MESSAGES[1]}.\r\n`,
			'18 RSET': '+OK maildrop has 3 messages (80 octets)\r\n',
			'21 PASS lovelace': "+OK ada's maildrop has 3 messages (80 octets)\r\n"
		},
		'one-try': { '2 PASS wrong': '-ERR [AUTH] wrong name or password\r\n(closed)', '3 CAPA': '' },
		impatient: { '24 (60 s)': '(closed)', '25 NOOP': '' },
		talkative: { '0 USER eve': '-ERR sorry, no mailbox for eve here\r\n' },
		hasty: { '(left)': 'u1 u2' }
	};

	test.each(Object.keys(EXPECTED))('%s', (name) => {
		const found = differences(name);
		const capa = found['3 CAPA'];
		if (capa?.startsWith('+OK')) {
			const usual = base.find(([act]) => act === '3 CAPA')?.[1].split('\r\n') ?? [];
			const lost = usual.filter((line) => !capa.split('\r\n').includes(line));
			found['3 CAPA'] = `without ${lost.join(' ')}`;
		}
		expect(found).toEqual(EXPECTED[name]);
	});

	test('and every one names its public report', () => {
		const faulty = Object.entries(personalities).filter(([, { bug }]) => bug);
		expect(faulty.map(([name]) => name).sort()).toEqual(Object.keys(EXPECTED).sort());
		for (const [name, { bug }] of faulty) {
			expect(bug?.url, name).toMatch(/^https:\/\/[^ ]+$/);
			expect(bug?.title.length, name).toBeGreaterThan(10);
			expect(bug?.differs, name).toMatch(/^[A-Z].*\.$/);
		}
		const urls = faulty.map(([, { bug }]) => bug?.url);
		expect(new Set(urls).size).toBe(urls.length);
	});
});

describe('the others', () => {
	test('rfc, post and dovecot never tell which names exist; the report does', () => {
		const asked = (name: string) =>
			['eve', 'ada'].map((user) =>
				written(greeted(store(), { personality: name }).octets(octets(`USER ${user}\r\n`)))
			);
		for (const name of ['rfc', 'post', 'dovecot']) expect(new Set(asked(name)).size, name).toBe(1);
		expect(new Set(asked('report')).size).toBe(2);
	});

	test('a server without a fault loses mail by DELE and QUIT alone', () => {
		for (const [name, { bug }] of Object.entries(personalities)) {
			if (bug) continue;
			for (const end of ['lost', 'ended', 'idle'] as const) {
				const mail = store();
				const session = greeted(mail, { personality: name });
				session.octets(octets('USER ada\r\nPASS lovelace\r\nDELE 1\r\n'));
				const effects = end === 'idle' ? session.timeout('autologout') : session[end]();
				expect(kinds(effects, 'maildrop.expunge'), `${name}, ${end}`).toEqual([]);
				expect(mail.box('ada')).toMatchObject({ heldBy: null, messages: { length: 3 } });
			}
		}
	});

	test('the server that updates on a lost connection says nothing into it', () => {
		const mail = store();
		const session = greeted(mail, { personality: 'hasty' });
		session.octets(octets('USER ada\r\nPASS lovelace\r\nDELE 1\r\n'));
		expect(session.lost().filter(({ type }) => type === 'write' || type === 'close')).toEqual([]);
		expect(mail.box('ada')?.messages).toHaveLength(2);
	});

	test('an unknown name is refused', () => {
		expect(() => personality('toString')).toThrow('no personality is called "toString"');
	});
});
