import { registerHooks } from 'node:module';

/**
 * Jest compiles the global set-up's files, but leaves finding them to Node, to whom './x.js' is never x.ts.
 */
registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
      return next(specifier.replace(/\.js$/, '.ts'), context);
    }
  },
});
