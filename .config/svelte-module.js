import { createTransformer as createSwc } from '@swc/jest';
import { compileModule } from 'svelte/compiler';

/** For jest: a `.svelte.ts` module as it runs on a server, where its runes are plain fields. Takes swc's options. */
export function createTransformer(options) {
  const swc = createSwc(options);
  return {
    ...swc,
    process(source, filename, context) {
      const { code } = swc.process(source, filename, context);
      return compileModule(code, { filename, generate: 'server', dev: false }).js;
    },
  };
}
