// Runs before the first paint: the player's colours and motion, and a returning player's way to the map.
(() => {
	const root = document.documentElement;
	/** @param {string} key */
	const read = (key) => {
		try {
			return JSON.parse(localStorage.getItem(key) ?? 'null') ?? {};
		} catch {
			return {};
		}
	};
	const { theme, motion } = read('interactive-pop3.settings');
	const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
	const still =
		motion === 'off' || (motion !== 'on' && matchMedia('(prefers-reduced-motion: reduce)').matches);
	root.dataset.theme = dark ? 'dark' : 'light';
	root.dataset.motion = still ? 'reduced' : 'full';

	// the first page is the first level, but whoever has solved one begins at the map
	const home = new URL('./', document.currentScript.src);
	const solved = ['a', 'b'].some((slot) =>
		Object.values(read(`interactive-pop3.progress.${slot}`).progress?.levels ?? {}).some(
			(level) => level?.solved
		)
	);
	if (solved && location.pathname === home.pathname) location.replace(new URL('map/', home));
})();
