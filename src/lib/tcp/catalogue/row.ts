/** One row of the catalogue of behaviours: see ../coverage.ts. */

/** Whose tests name the behaviour: packetdrill, the Linux selftests, smoltcp's sockets, gVisor's packetimpact. */
export type Catalogue = 'packetdrill' | 'linux' | 'smoltcp' | 'packetimpact';

export interface Coverage {
	readonly topic: string;
	readonly behaviour: string;
	/** Empty: none of them, but the RFC asks for it. */
	readonly from: readonly Catalogue[];
	/** The scripts under tests/tcp/scripts that hold us to it (`rto/backs-off`), or other tests by their path. */
	readonly done?: readonly string[];
	/** Why it is left out. */
	readonly out?: string;
}
