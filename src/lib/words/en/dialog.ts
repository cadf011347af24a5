/** Every sheet that stands over a page. */

export const close = 'Close';
