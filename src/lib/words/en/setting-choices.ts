/** What can be chosen in the settings. */

export const settings = 'Settings';
export const names = {
	theme: 'Colours',
	motion: 'Motion',
	narration: 'Narration for screen readers',
	keys: 'Single-key shortcuts',
	sound: 'A quiet click for each goal'
} as const;
export const choices = {
	system: 'system',
	light: 'light',
	dark: 'dark',
	on: 'on',
	off: 'off',
	summary: 'summary',
	'every-packet': 'every packet'
};
