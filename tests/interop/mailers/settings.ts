/**
 * Every option that a mail program is given beside its account (host, name, password) and where the mail goes, and why it is
 * needed. All else is as the program comes.
 */

export type Settings = Readonly<Record<string, string>>;

export const settings = {
	curl: {},
	poplib: {},
	fetchmail: {
		"sslproto ''": 'since 6.4 it tries STLS even where that is not offered, and hangs up when it is refused',
		mda: 'else it hands all mail to an SMTP server on this machine',
		uidl: 'with keep: where LAST is answered it trusts LAST, and Dovecot’s LAST begins at 0 in every session',
		keep: 'what is asked for: its own way is to delete'
	},
	mpop: {
		'auth user': 'it sends no readable password on a line in the clear, unless told that it may',
		'keep on': 'what is asked for: its own way is to delete'
	},
	getmail: {
		'read_all = false': 'else what it has had is fetched again',
		'delete = true': 'what is asked for: its own way is to leave'
	},
	mutt: {
		'ssl_force_tls=no': 'since 2.0 it will not speak in the clear otherwise',
		'mbox_type=Maildir': 'one file a letter; its own way is one mbox, with a From_ line for each',
		'confirmcreate=no': 'nobody is there to say yes to a new folder',
		'delete=yes': 'nor to the deletion of what is marked',
		'message_cachedir=~/cache header_cache=~/cache/headers': 'else it remembers nothing'
	}
} as const satisfies Readonly<Record<string, Settings>>;
