/**
 * A capture at which somebody looks: a session whose engine has said everything from the start. Law: nothing can be done
 * in it, and a capture of 100,000 packets costs a frame no more than one of ten.
 */
import type { CoachReport } from '#lib/levels/coach.ts';
import type { Event } from '#lib/sim/event.ts';
import type { FromEngine, ToEngine } from '#lib/engine/protocol.ts';
import type { EnginePort } from './engine-line.ts';
import type { Run } from './imported.ts';
import { packetRows, type PacketRow } from './packets.ts';
import { Session } from './session.svelte.ts';
import type { Place } from './wake.svelte.ts';

const NOTHING: CoachReport = {
	rows: [],
	solved: false,
	milestone: null,
	passed: 0,
	show: null,
	away: null,
	message: null
};

/** An engine whose world has happened already. */
const recorded =
	(log: readonly Event[]) =>
	(receive: (message: FromEngine) => void): EnginePort => ({
		send(message: ToEngine) {
			if (message.type !== 'advance') return;
			const now = log.at(-1)?.at ?? 0;
			receive({
				type: 'events',
				epoch: message.epoch,
				from: 0,
				events: log,
				now,
				nextAt: null,
				timerAt: null
			});
		},
		close() {},
		recorded: true
	});

export class ImportedSession extends Session {
	constructor({ level, log }: Run) {
		super(level, { connect: recorded(log) });
	}

	override readonly report = NOTHING;
	/** A packet crosses one link and none is lost: what is shown of all rows is their beginning. */
	override readonly rows = $derived.by(() => packetRows(this.game.log, this.level.scenario));
	protected override rowsAt({ cursor }: Place): readonly PacketRow[] {
		let low = 0;
		let high = this.rows.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.rows[middle]?.seq ?? Infinity) < cursor) low = middle + 1;
			else high = middle;
		}
		return low === this.rows.length ? this.rows : this.rows.slice(0, low);
	}
}
