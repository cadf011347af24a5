/** The filters of the packet list that are one press each. Pure: a packet passes when every pressed one lets it. */
import type { PacketRow } from './packets.ts';

export interface Chips {
	readonly textOnly: boolean;
	readonly noBareAcks: boolean;
	/** Of the chosen packet. */
	readonly oneConnection: boolean;
	readonly lostOnly: boolean;
}
export const NO_CHIPS: Chips = {
	textOnly: false,
	noBareAcks: false,
	oneConnection: false,
	lostOnly: false
};

/** `connection`: that of the chosen packet; '' where there is none. */
export function pass(rows: readonly PacketRow[], chips: Chips, connection: string): readonly PacketRow[] {
	const one = chips.oneConnection && connection !== '';
	if (!chips.textOnly && !chips.noBareAcks && !one && !chips.lostOnly) return rows;
	return rows.filter(
		(row) =>
			(!chips.textOnly || row.protocol === 'POP3') &&
			(!chips.noBareAcks || row.flags !== 'A' || row.tcp?.length !== 0) &&
			(!one || row.connection === connection) &&
			(!chips.lostOnly || row.lost !== undefined || row.again !== undefined)
	);
}
