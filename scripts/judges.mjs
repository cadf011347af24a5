// The outside programs that judge our bytes and our POP3, by Debian package name. Plain JavaScript: setup.mjs runs it.
import { onPath } from './browser.mjs';

/** @type {Record<string, string>} Debian package → program */
const judges = {
	tshark: 'tshark',
	curl: 'curl',
	python3: 'python3',
	'dovecot-pop3d': '/usr/sbin/dovecot',
	fetchmail: 'fetchmail',
	mpop: 'mpop',
	getmail6: 'getmail',
	mutt: 'mutt',
	nmap: 'nmap',
	iproute2: 'ip',
	'iputils-ping': 'ping'
};

/** Debian packages whose program is not on this machine. */
export const missingJudges = () => Object.keys(judges).filter((name) => !onPath(judges[name] ?? name));

/**
 * False, with the reason printed, when a judge is missing. In CI a missing judge is an error: nothing may be skipped there.
 * @param {string} name
 */
export function haveJudge(name) {
	if (!missingJudges().includes(name)) return true;
	if (process.env.CI) throw new Error(`${name} is not installed, and in CI no interop test may be skipped`);
	console.log(`interop: skipping the tests that need ${name}: it is not installed`);
	return false;
}
