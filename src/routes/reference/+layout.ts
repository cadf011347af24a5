// Plain pages of text: they need no script, and are printed from the tables when the site is built.
export const csr = false;
