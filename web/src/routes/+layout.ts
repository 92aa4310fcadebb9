/** The whole app runs in the browser: what it shows is live and has no use for a rendering server. */
export const ssr = false;
export const prerender = false;
