/** The queue has a page of its own in the build, which asks for all of its script at once. */
export const prerender = true;
