/** Loaded into the api before its own code, with --expose-gc: collects garbage when the parent asks. */
process.on('message', () => {
  globalThis.gc?.();
  process.send?.('collected');
});
