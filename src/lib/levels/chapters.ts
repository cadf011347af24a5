/**
 * The whole campaign as the map shows it: every chapter and level with its number, slug, name and one-line concept,
 * built or not. Numbers and slugs never change; a built level repeats them and a test holds the two together.
 */
export interface PlannedLevel {
	readonly number: string;
	readonly slug: string;
	readonly name: string;
	/** One line. */
	readonly concept: string;
	readonly boss?: boolean;
}

export interface Chapter {
	readonly number: number;
	readonly name: string;
	readonly levels: readonly PlannedLevel[];
}

type Entry = readonly [slug: string, name: string, concept: string];

function chapter(number: number, name: string, entries: readonly Entry[], boss = false): Chapter {
	return {
		number,
		name,
		levels: entries.map(([slug, levelName, concept], i) => ({
			number: `${number}.${i + 1}`,
			slug,
			name: levelName,
			concept,
			...(boss ? { boss } : {})
		}))
	};
}

export const CHAPTERS: readonly Chapter[] = [
	chapter(1, 'Knock on 110', [
		['knock', 'Knock on 110', 'A connection comes first, and the server speaks first.'],
		[
			'shake',
			'Three shakes or a slammed door',
			'Ports, the three-packet handshake, and RST for a closed port.'
		]
	]),
	chapter(2, 'Show your papers', [
		['papers', 'Show your papers', 'USER and PASS, +OK and -ERR, and the lock on the maildrop.'],
		['notyet', 'Not yet', 'Which commands are legal in which state.'],
		['doorman', 'Fix the doorman', 'The protocol is a state machine: repair its arrows.']
	]),
	chapter(3, 'Count and carry', [
		['count', 'Count and carry', 'STAT, LIST and RETR; sizes are counted in octets.'],
		['lonedot', 'The lone dot', 'How a long reply ends: a line with one dot.'],
		['stuffed', 'Stuffed dots', 'Why a line that starts with a dot gets one more on the way.'],
		['top', 'Just the top', 'TOP reads the headers and leaves the rest.']
	]),
	chapter(4, 'Nothing is gone until goodbye', [
		['goodbye', 'Nothing is gone until goodbye', 'DELE marks, RSET unmarks, QUIT makes it so.'],
		['plug', 'The pulled plug', 'Without QUIT nothing is deleted.']
	]),
	chapter(5, 'Twice in the box', [
		['names', 'Names, not numbers', 'Numbers belong to a session; UIDL names stay.'],
		['twice', 'Why did my mail come twice?', 'The server does not know what you have read.'],
		['two', 'Two devices, one box', 'POP3 does not synchronise: first come, first served.'],
		['lock', 'Someone is in the box', 'One session at a time: the exclusive lock.']
	]),
	chapter(6, 'Postcards', [
		['postcards', 'Mail is a postcard', 'Everything so far could be read on the path.'],
		['secret', 'A secret that never travels', 'CAPA, APOP, and a digest in place of the password.']
	]),
	chapter(7, 'The envelope', [
		['envelope', 'Reading an envelope', 'Every field of one real IPv4 header.'],
		['hops', 'Lives left', 'TTL counts hops, and the checksum must follow.'],
		['cut', 'Cut to fit', 'MTU and fragments; one lost piece loses them all.'],
		['nobend', 'Do not bend', 'DF, a note from a router, and the size that fits the path.']
	]),
	chapter(8, 'The conversation', [
		['numbers', 'Next number, please', 'Sequence numbers count octets; ACK is the next one expected.'],
		['bites', 'Big mail, small bites', 'MSS: a letter is not a packet.'],
		['lost', 'Lost in the post', 'Duplicate ACKs and fast retransmit.'],
		['storm', 'You are the storm', 'The retransmission timer doubles.'],
		['order', 'Wrong order, and twice', 'Reordered and doubled packets still make one clean stream.'],
		['full', 'Full stop, please', 'The receive window: when the reader is full.'],
		['hangup', 'Two goodbyes', 'FIN each way, TIME-WAIT, and RST as the rude exit.']
	]),
	chapter(9, 'One door, many rooms', [
		['rooms', 'One door, many rooms', 'NAT: private addresses behind one public one.']
	]),
	chapter(10, 'Store and forward', [
		['arrive', 'How mail gets in', 'SMTP pushes, POP3 pulls.'],
		['hold', 'Hold the line', 'Queues and retries; a session sees what it found at login.']
	]),
	chapter(11, 'The other post office', [
		['other', 'The other post office', 'The same chores in POP3 and in IMAP.']
	]),
	chapter(12, 'Sealed', [['sealed', 'Sealed', 'STLS, and what stays visible on a sealed line.']]),
	chapter(
		13,
		'Bad nights',
		[
			['hangs', 'The mail that hangs', 'Small letters arrive, large ones hang. Find out why.'],
			['mallory', "Mallory's night", 'Someone on the path strips, cuts and replays.'],
			['shift', 'The night shift', 'Three complaints, one night, everything you know.']
		],
		true
	)
];

/** Every planned level in order. */
export const PLANNED: readonly PlannedLevel[] = CHAPTERS.flatMap((each) => each.levels);

/** Share of a chapter's built levels that opens the next chapter. */
const ENOUGH = 0.6;

/**
 * The chapters whose levels may be played: the first, each up to `placed` (opened by a placement check), and each whose
 * forerunner is solved to 60 % of its built levels. `built` and `solved` hold slugs. A chapter without built levels
 * stops nobody.
 */
export function openChapters(
	built: ReadonlySet<string>,
	solved: ReadonlySet<string>,
	placed = 1
): ReadonlySet<number> {
	const open = new Set<number>();
	for (const each of CHAPTERS) {
		open.add(each.number);
		if (each.number < placed) continue;
		const { done, needed } = chapterStanding(each, built, solved);
		if (done < needed) break;
	}
	return open;
}

export interface ChapterStanding {
	/** Of the built levels of the chapter. */
	readonly done: number;
	readonly built: number;
	/** So many solved ones open the next chapter. */
	readonly needed: number;
	/** Every level of the chapter is built and solved. */
	readonly finished: boolean;
}

export function chapterStanding(
	{ levels }: Chapter,
	built: ReadonlySet<string>,
	solved: ReadonlySet<string>
): ChapterStanding {
	const here = levels.filter(({ slug }) => built.has(slug));
	const done = here.filter(({ slug }) => solved.has(slug)).length;
	return {
		done,
		built: here.length,
		needed: Math.ceil(here.length * ENOUGH),
		finished: here.length === levels.length && done === levels.length
	};
}
