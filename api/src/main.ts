import { SET_UP_HOURS } from './auth/first-admin.js';
import { readEnvironment } from './config/environment.js';
import { run } from './run.js';
import { serve } from './serve.js';

await run(async (lifecycle) => {
  const { url, setUpUrl } = await serve(readEnvironment(), lifecycle);
  console.log(`Signalbox is ready on ${url}`);
  if (setUpUrl !== null)
    console.log(`Make the first administrator here, once: ${setUpUrl} (good for ${SET_UP_HOURS} hours)`);
});
