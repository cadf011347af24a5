/** What can be chosen in the settings. */

export const choices = {
	system: 'system',
	light: 'light',
	dark: 'dark',
	on: 'on',
	off: 'off',
	summary: 'summary',
	'every-packet': 'every packet'
};
