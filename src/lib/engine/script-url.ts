/** How a worker is started by its address under Trusted Types: one policy for the page, and only for our own scripts. */
interface ScriptUrlPolicy {
	createScriptURL(url: string): string;
}
interface TrustedTypes {
	createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

/** Our own worker, from our own origin, is the only script ever started by its address. */
const rules: ScriptUrlPolicy = {
	createScriptURL(url) {
		if (new URL(url, location.href).origin !== location.origin)
			throw new TypeError('a worker of another origin');
		return url;
	}
};
let policy: ScriptUrlPolicy | null = null;

/** The address as the platform takes it. Throws a TypeError when it is of another origin. */
export function scriptUrl(url: string): string {
	const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
	policy ??= trustedTypes?.createPolicy('app-worker', rules) ?? rules;
	return policy.createScriptURL(url);
}
