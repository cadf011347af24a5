/**
 * One sitting at one level: the game, the selection, the lens, the help taken, the opening, and what the coach says of it.
 * Law: `frame` is the only clock, and it is told how much time passed; so a test can play a whole level without a timer.
 */
import { answerText } from '#lib/levels/answers.ts';
import { coach, isSolved, type Explain } from '#lib/levels/coach.ts';
import type { Deed, Lens, Level, Seat } from '#lib/levels/level.ts';
import { doing, seatsOf } from '#lib/levels/seats.ts';
import { verdict, type Verdict } from '#lib/levels/verdict.ts';
import type { TimedInput } from '#lib/sim/event.ts';
import type { Account } from '#lib/sim/scenario.ts';
import type { FromEngine } from '#lib/engine/protocol.ts';
import { Asking } from './asking.svelte.ts';
import type { EnginePort } from './engine-line.ts';
import { Game } from './game.svelte.ts';
import type { Millis } from './pace.ts';
import { Lesson } from './lesson.svelte.ts';
import { packetRows, previousOf, type PacketRow } from './packets.ts';
import { Opening } from './opening.svelte.ts';
import type { Shelf } from './progress-slots.ts';
import { Review } from './review.svelte.ts';
import { RunKeeper } from './run-keeper.ts';
import type { SentRun } from './run-link.ts';
import { Selection } from './selection.svelte.ts';
import type { Narration } from './settings.svelte.ts';
import type { Spot } from './spot.ts';
import { Teller } from './teller.svelte.ts';
import { sessionState, transcript } from './transcript.ts';
import { Wake, type Place } from './wake.svelte.ts';

export interface SessionOptions {
	readonly connect: (receive: (message: FromEngine) => void) => EnginePort;
	/** Never solved here before: the opening plays. */
	readonly fresh?: () => boolean;
	readonly narration?: () => Narration;
	/** Where the run under way is kept; null: nowhere. */
	readonly shelf?: () => Shelf | null;
	/** Called once for each run that solves the level. */
	readonly solved?: (verdict: Verdict, session: Session) => void;
}

export class Session {
	readonly level: Level;
	readonly game: Game;
	readonly selection = new Selection();
	/** Where the panes are, which follow the playhead. */
	readonly wake: Wake;
	readonly teller = new Teller();
	readonly asking: Asking;
	readonly #keeper: RunKeeper;
	/** The opening that explains one packet. */
	readonly lesson: Lesson;
	readonly #opening: Opening;
	/** A run that is over, looked at: nothing of it is recorded until the level is reset. */
	readonly review: Review;
	readonly #options: SessionOptions;

	/** Where the player can sit; at none there is only something to look at. */
	readonly seats: readonly Seat[];
	#seat = $state.raw(0);
	#lens = $state.raw<Lens>(1);
	#hints = $state.raw(0);
	#showMe = $state.raw(false);
	#verdict = $state.raw<Verdict | null>(null);
	#box = $state.raw({ text: '', times: 0 });
	#explain = $state.raw<Explain | null>(null);

	#clock: Millis = 0;

	/** Every packet known, for flights. */
	readonly rows = $derived.by(() => packetRows(this.game.log, this.level.scenario));
	/** The packets that the cursor has passed, as the list shows them. */
	readonly shownRows = $derived.by(() => this.rowsAt(this.wake.list));
	readonly report = $derived.by(() => coach(this.level, this.wake.told.shown, this.#explain));
	/** Host at which the player sits now. */
	readonly host = $derived.by(() => this.seats[this.#seat]?.host ?? this.level.terminal);
	readonly lines = $derived.by(() => transcript(this.wake.told.shown, this.host));
	/** The server's state; null without a connection. */
	readonly state = $derived.by(() => sessionState(this.wake.told.shown, this.host));
	/** The account of the mail program at which the player sits; null: that is somewhere else. */
	readonly account = $derived.by(() =>
		this.seat?.program === 'mail'
			? (this.level.scenario.hosts.find(({ id }) => id === this.host)?.account ?? null)
			: null
	);
	readonly picked = $derived.by(
		() => this.shownRows.find(({ packet }) => packet === this.wake.open.packet) ?? null
	);
	readonly before = $derived.by(() => previousOf(this.shownRows, this.picked));

	constructor(level: Level, options: SessionOptions) {
		this.level = level;
		this.seats = seatsOf(level);
		this.#options = options;
		this.#lens = level.lens;
		this.#box = { text: level.prefill ?? '', times: 0 };
		this.game = new Game(level, options.connect);
		this.wake = new Wake(this.game, () => ({ packet: this.selection.packet, lens: this.#lens }));
		this.asking = new Asking(level, this.game, this.selection, () => isSolved(level, this.game.shown));
		this.#keeper = new RunKeeper(level, this.game);
		this.#opening = new Opening(level, this.game, () => {
			const { text } = this.#box;
			this.reset();
			this.fill(text);
		});
		this.lesson = new Lesson(level.worked, this.game, this.selection);
		this.review = new Review(level, options.connect, this.game, this.selection);
	}

	/** The page is live and progress is read: from now on the opening counts. */
	begin(): void {
		void this.#takeUp(this.#options.shelf?.() ?? null);
		if (!this.#options.fresh?.() || this.game.inputs.length > this.level.prelude.length) return;
		this.#opening.begin();
		this.lesson.prepare();
	}

	/** There will be lines to explain. */
	#listen(): void {
		if (this.#explain) return;
		void import('#lib/levels/explain.ts').then(({ refusal, mistyped }) => {
			this.#explain = { refusal, mistyped };
		});
	}
	/** Goes on where a reload cut off, unless somebody was faster. */
	async #takeUp(shelf: Shelf | null): Promise<void> {
		const kept = await this.#keeper.open(shelf);
		if (this.review.now || !kept) return;
		this.#listen();
		this.#opening.end();
		this.lesson.leave();
		this.#hints = kept.hints;
		this.#showMe = kept.shown;
		this.#keeper.takeUp(kept);
		this.fill('');
	}

	/** Where the player sits; null: nowhere. */
	get seat(): Seat | null {
		return this.seats[this.#seat] ?? null;
	}
	/** Goes to another seat; a line begun at the one before is lost. */
	sit(seat: Seat): void {
		const to = this.seats.indexOf(seat);
		if (to < 0 || to === this.#seat) return;
		this.#seat = to;
		this.#box = { text: '', times: 0 };
	}
	get lens(): Lens {
		return this.#lens;
	}
	set lens(lens: Lens) {
		this.#lens = lens;
	}
	/** How many hints are open. */
	get hints(): number {
		return this.#hints;
	}
	get shownHow(): boolean {
		return this.#showMe;
	}
	/** What the run is worth, once it has solved the level. */
	get verdict(): Verdict | null {
		return this.#verdict;
	}
	/** The demonstration is playing. */
	get watching(): boolean {
		return this.#opening.watching;
	}
	get inOpening(): boolean {
		return !this.#opening.over || this.lesson.now !== null;
	}
	/** The text last put into the terminal's box, and how often that was done. */
	get box(): { readonly text: string; readonly times: number } {
		return this.#box;
	}

	/** Sends a line from the terminal; `'past'` asks for the branch first. */
	send(line: string, options?: { branch?: boolean }): 'done' | 'past' {
		this.touch();
		this.#listen();
		const result = this.game.type(line, { ...options, host: this.host });
		if (result === 'past') return result;
		this.asking.goOn();
		if (options?.branch) this.#verdict = null;
		this.#opening.typed();
		return result;
	}
	/** The mail program fetches the mail of `account`, or of its own; `'past'` asks for the branch first. */
	sync(account?: Account, options?: { branch?: boolean }): 'done' | 'past' {
		return this.bend({ kind: 'sync', host: this.host, ...(account && { account }) }, options);
	}
	/** Does anything but typing: to a packet, with a lever; `'past'` asks for the branch first. */
	bend(input: Deed, options?: { branch?: boolean }): 'done' | 'past' {
		this.touch();
		const result = this.game.act(input, options);
		if (result === 'done') this.asking.goOn();
		if (result === 'done' && options?.branch) this.#verdict = null;
		return result;
	}
	/** Opens the next hint, up to the third. */
	hint(): void {
		this.#hints = Math.min(3, this.#hints + 1);
	}
	/** Puts the next step into the box and waits; an answer is only said. */
	showHow(): void {
		const { show } = this.report;
		this.#showMe = true;
		if (show?.kind !== 'type') return;
		const seat = this.seats.find(({ host, program }) => host === show.host && program === 'terminal');
		if (seat) this.sit(seat);
		this.fill(show.line);
	}
	/** What "Show me" says where it has nothing to put into a box; null: it has, or was not used. */
	get told(): string | null {
		const { show } = this.report;
		if (!this.#showMe || !show || show.kind === 'type') return null;
		if (show.kind !== 'answer') return doing(this.level, show);
		const asked = this.asking.statuses.find(({ question }) => question.id === show.question);
		return `Answer: ${asked ? answerText(asked.question.form, show.value, asked.choices) : show.value}`;
	}
	fill(text: string): void {
		this.#box = { text, times: this.#box.times + 1 };
	}
	/** Lays open the player's own run, if one is given, else the reference, at a packet and a field. */
	async lookAt(spot: Spot, own?: readonly TimedInput[]): Promise<void> {
		this.leaveOpening();
		this.#verdict = null;
		this.#listen();
		if (await this.review.open(spot, own)) this.fill('');
	}
	/** Lays open a run that somebody sent, where they stood. */
	async lookAtSent(sent: SentRun): Promise<void> {
		this.leaveOpening();
		this.#verdict = null;
		this.#listen();
		if (await this.review.openSent(sent)) this.fill('');
	}
	reset(): void {
		this.review.drop();
		this.game.reset();
		this.selection.pick(null);
		this.#verdict = null;
		this.asking.reset();
		this.#seat = 0;
		this.lesson.drop();
		this.teller.reset();
		this.fill(this.level.prefill ?? '');
	}

	/** Somebody is there: the demonstration does not start, or ends. */
	touch(): void {
		this.#opening.touch();
	}
	/** Leaves any opening. */
	leaveOpening(): void {
		this.#opening.leave();
		this.lesson.leave();
	}
	/** Lets `elapsed` ms of shown time pass. */
	frame(elapsed: Millis): void {
		this.#clock += elapsed;
		const before = this.game.cursor;
		this.game.tick(elapsed);
		this.#opening.frame(elapsed);
		const running = this.wake.frame(this.game.playing && this.game.cursor >= before);
		this.lesson.watch(() => packetRows(this.game.shown, this.level.scenario));
		this.review.arrive(this.rows);
		if (!this.#verdict && !this.watching && !this.review.now && this.report.solved) this.#solve();
		if (!this.watching && !this.review.now) this.#keeper.keep({ hints: this.#hints, shown: this.#showMe });
		if (!this.game.ready) return;
		const { list, told } = this.wake;
		const { shown, log, cursor } = told;
		this.teller.tell(
			{
				shown,
				total: log.length,
				start: this.game.start,
				packets: cursor === list.cursor ? this.shownRows : this.rowsAt(told),
				rows: this.report.rows,
				questions: this.asking.statuses,
				running,
				verbosity: this.#options.narration?.() ?? 'summary'
			},
			this.#clock
		);
	}
	/** The packets up to a moment. */
	protected rowsAt({ shown }: Place): readonly PacketRow[] {
		return packetRows(shown, this.level.scenario);
	}
	close(): void {
		this.game.close();
	}

	#solve(): void {
		this.#verdict = verdict(this.level, this.game.log, {
			hintsUsed: this.#hints,
			shown: this.#showMe,
			first: this.game.firstAnswers
		});
		this.#keeper.forget();
		this.#options.solved?.(this.#verdict, this);
	}
}
