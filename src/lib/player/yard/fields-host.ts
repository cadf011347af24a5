/** The fields of a node: its name and addresses, and by what it is its translation, its server or its mail program. */
import { addressed } from '#lib/levels/scene-address.ts';
import { renameHost, setHost } from '#lib/levels/scene-edit.ts';
import { linksAt, type Scene } from '#lib/levels/scene.ts';
import type { HostSpec } from '#lib/sim/scenario.ts';
import { isAddress } from '#lib/wire/address.ts';
import * as words from '#words/yard-host.ts';
import { choice, line, number, toggle, wrong, type Choice, type Field, type Section } from './fields.ts';
import { accountSections } from './fields-account.ts';
import { aliasField, networkSection } from './fields-network.ts';
import { serverSections } from './fields-server.ts';
import { stackSections } from './fields-stack.ts';

const readdressed = (scene: Scene): Scene => ({ ...scene, scenario: addressed(scene.scenario) });

export function hostSections(scene: Scene, host: HostSpec): readonly Section[] {
	return [
		{ title: words.node, fields: nodeFields(scene, host) },
		...(host.role === 'client' ? accountSections(scene, host) : []),
		...(host.pop3 ? serverSections(host, host.pop3) : []),
		networkSection(scene, host),
		...stackSections(host)
	];
}

function nodeFields(scene: Scene, host: HostSpec): readonly Field[] {
	const { id, address, interfaces = [], nat } = host;
	const fields: Field[] = [
		line({
			id: 'name',
			label: words.name,
			range: words.nameRange,
			now: id,
			put(now, text) {
				const edited = renameHost(now, id, text.trim());
				return edited.ok ? { ok: true, scene: edited.scene } : wrong(edited.say);
			}
		}),
		aliasField(host),
		line({
			id: 'address',
			label: nat ? words.addressOutside : words.address,
			range: words.newOne,
			now: address,
			put(now, text) {
				const typed = text.trim();
				if (typed === '') return readdressed(setHost(now, id, { address: '' }));
				const problem = addressProblem(now, id, typed);
				return problem === null ? setHost(now, id, { address: typed }) : wrong(problem);
			}
		}),
		...interfaces.map(({ link, address: own }, i) =>
			line({
				id: `address-${link}`,
				label: words.addressOn(link),
				now: own,
				put(now, text) {
					const typed = text.trim();
					const problem = addressProblem(now, id, typed);
					if (problem !== null) return wrong(problem);
					const faces = interfaces.map((face, at) => (at === i ? { ...face, address: typed } : face));
					return setHost(now, id, { interfaces: faces });
				}
			})
		)
	];
	const links = linksAt(scene.scenario, id).map((link): Choice => ({
		value: link.id,
		label: words.ends(link.ends)
	}));
	if (nat && links.length > 0)
		fields.push(
			choice({
				id: 'outside',
				label: words.outside,
				choices: links,
				now: nat.outside,
				put: (now, outside) =>
					readdressed(setHost(now, id, { nat: { ...nat, outside }, interfaces: undefined }))
			})
		);
	if (nat)
		fields.push(
			number({
				id: 'outsidePort',
				label: words.firstOutside,
				range: [1, 65_535],
				empty: '61001',
				now: nat.firstPort,
				put: (now, port) => {
					const { outside } = nat;
					return setHost(now, id, { nat: port === null ? { outside } : { outside, firstPort: port } });
				}
			})
		);
	if (host.role === 'router')
		fields.push(
			toggle({
				id: 'clamp',
				label: words.clampsMss,
				now: host.clampMss ?? false,
				put: (now, on) => setHost(now, id, { clampMss: on || undefined })
			})
		);
	if (host.role === 'client')
		fields.push(
			toggle({
				id: 'terminal',
				label: words.sitHere,
				now: scene.terminal === id,
				put: (now, on) => {
					const other = now.scenario.hosts.find((one) => one.role === 'client' && one.id !== id);
					return { ...now, terminal: on ? id : (other?.id ?? id) };
				}
			})
		);
	return fields;
}

/** Null: this host may have it. */
function addressProblem({ scenario }: Scene, id: string, address: string): string | null {
	if (!isAddress(address)) return words.fourNumbers;
	const other = scenario.hosts.find(
		(host) =>
			host.id !== id &&
			(host.address === address || host.interfaces?.some((face) => face.address === address))
	);
	return other ? words.hasAddress(other.id) : null;
}
