/** What is wrong with a scene, in words for its maker, and the node, link or fault to look at. Pure. */
import type { Scene } from '#lib/levels/scene.ts';
import { linksAt, otherEnd } from '#lib/levels/scene.ts';
import * as words from '#words/yard-draft.ts';

export type Picked =
	{ readonly kind: 'host' | 'link'; readonly id: string } | { readonly kind: 'fault'; readonly at: number };

export interface Problem {
	readonly say: string;
	/** Null: it is nobody's alone. */
	readonly where: Picked | null;
}

/** The border's sentence (`scenario.hosts[1].stack.mss: …`) with names in the place of paths. */
export function placed(problem: string, { scenario: { hosts, links } }: Scene): Problem {
	const found =
		/^(?:scene\.)?(?:scenario\.)?(hosts|links|faults)(?:\[(\d+)\]|\.(\d+))(?:\.([\w.[\]]+))?: (.*)$/s.exec(
			problem
		);
	if (!found) return { say: problem.replace(/^(?:scene\.)?(?:scenario\.)?/, ''), where: null };
	const [, list, first, second, path = '', what = ''] = found;
	const at = Number(first ?? second);
	const tail = path === '' ? what : `${path.replace(/^(stack|pop3|account|nat)\./, '')}: ${what}`;
	if (list === 'hosts') {
		const id = hosts[at]?.id ?? '';
		return { say: `${id}: ${tail}`, where: { kind: 'host', id } };
	}
	if (list === 'links') {
		const link = links[at];
		return {
			say: `${link ? words.ends(link.ends) : ''}: ${tail}`,
			where: { kind: 'link', id: link?.id ?? '' }
		};
	}
	return { say: words.fault(at + 1, tail), where: { kind: 'fault', at } };
}

/** What the world would take and its maker hardly means; null: nothing. */
export function caution(scene: Scene): Problem | null {
	const { scenario, terminal } = scene;
	for (const { id, nat } of scenario.hosts)
		if (nat && linksAt(scenario, id).length < 2)
			return {
				say: words.natNeeds(id),
				where: { kind: 'host', id }
			};
	const byId = new Map(scenario.hosts.map((host) => [host.id, host]));
	const queue = [terminal];
	for (let at = 0; at < queue.length; at++) {
		const host = byId.get(queue[at] ?? '');
		if (!host || (host.role !== 'router' && host.id !== terminal)) continue;
		for (const link of linksAt(scenario, host.id)) {
			const other = otherEnd(link, host.id);
			if (!queue.includes(other)) queue.push(other);
		}
	}
	if (!queue.some((id) => byId.get(id)?.pop3))
		return { say: words.noWay(terminal), where: { kind: 'host', id: terminal } };
	const account = byId.get(terminal)?.account;
	const names = scenario.hosts.flatMap(({ id, aliases = [], address }) => [id, ...aliases, address]);
	if (account && !names.includes(account.server))
		return {
			say: words.noServer(terminal, account.server),
			where: { kind: 'host', id: terminal }
		};
	return null;
}
