// A lab that is never closed: starts, says which process is its relay, and waits to be killed.
import { Lab } from './lab.ts';

const lab = new Lab();
await lab.host('--connect', '192.0.2.1:9');
await lab.start(['sh', '-c', 'sleep 300 & echo up; sleep 300'], 'up', 300);
process.stdout.write(`${lab.relay.pid} ${lab.folder}\n`);
