/** From a name on the screen to its place in the reference: `ipv4/#ip.ttl`. Names no page, only topic and anchor. */
import type { Topic } from './topics.ts';

const TOPIC_OF: Readonly<Record<string, Topic>> = {
	ip: 'ipv4',
	icmp: 'icmp',
	udp: 'udp',
	tcp: 'tcp',
	pop: 'pop3'
};

/** Where a dissected field is explained; null: it is in no table. */
export function placeOfField(name: string): { readonly topic: Topic; readonly anchor: string } | null {
	const topic = TOPIC_OF[name.split('.', 1)[0] ?? ''];
	if (!topic) return null;
	const anchor =
		name in TOPIC_OF && topic !== 'pop3' ? 'header' : name.endsWith('.options') ? 'options' : name;
	return { topic, anchor };
}
