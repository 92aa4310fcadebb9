/** Ends with 0 when the api of this machine can serve requests, for whoever starts it anew or waits for it. */
const port = process.env.PORT || '3000';
const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => null);
process.exit(answer?.ok ? 0 : 1);
