import { readEnvironment } from './config/environment.js';
import { run, serve } from './serve.js';

await run(async (lifecycle) => {
  const { url } = await serve(readEnvironment(), lifecycle);
  console.log(`Signalbox is ready on ${url}`);
});
