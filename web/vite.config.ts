import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

const api = process.env.API_URL ?? 'http://localhost:3000';

export default defineConfig({
  plugins: [
    tailwindcss(),
    sveltekit({
      // Every path that is no file is the app's; what never changes is compressed once, here.
      adapter: adapter({ fallback: '200.html', precompress: true }),
      // All pages have the very same script, whose hash the server's header names.
      paths: { relative: false },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          // The server says the same in a header: api/src/security-headers.
          'style-src': ['self'],
          // Svelte's templates and what places menus write `style="…"`.
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
        },
      },
    }),
  ],
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            // One file for what every page needs, one more for the queue: sixty small ones take longer to come
            // than their bytes do. What comes late stays in parts of its own.
            codeSplitting: {
              groups: [
                // What starts the rest must not need it: the rest reads, as it comes in, what this has set.
                { name: 'boot', test: /runtime\/client\/payload\.js$|vite\/preload-helper/, priority: 3 },
                { name: 'base', test: /\/src\/routes\/\+layout\.svelte$/, priority: 2 },
                { name: 'queue', test: /\/src\/routes\/\+page\.svelte$/, priority: 1 },
              ],
            },
          },
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: api },
      '/socket.io': { target: api, ws: true },
    },
  },
});
