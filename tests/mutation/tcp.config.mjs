// The TCP core, judged by the tests of a connection; not by those that need a whole world or thousands of packets.
import { target } from './target.mjs';

export default target({
	name: 'tcp',
	sources: ['src/lib/tcp/*.ts'],
	tests: ['tests/tcp'],
	leaveOut: [
		/tcp\/(?:lossy|model|coverage)\.test/,
		/over \d+ seeds|: whole|good for|noise|of 2,000 none|never more in flight than/,
		/memory that grows|bounded memory|a megabyte through|1 MiB read|stalls for ever|faster than without/,
		/answers an RST with|200,000|30,000|any pieces of a stream|whatever comes|constant ISN/
	],
	least: 80
});
