import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const projectOf = (folder) => ({
  files: [`${folder}/**/*.ts`],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: process.cwd() } },
});

export default ts.config(
  { ignores: ['**/dist/', '**/build/', '**/.svelte-kit/', '**/.data/', '**/coverage/', '**/test-results/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  { languageOptions: { globals: { ...globals.node } } },
  { files: ['web/**'], languageOptions: { globals: { ...globals.browser } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  {
    ...projectOf('api'),
    rules: {
      // A promise that nobody waits for is a fault that nobody sees.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    // Playwright reads from the pattern which fixtures a fixture needs, none included.
    files: ['web/tests/**'],
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-control-regex': 'off',
      eqeqeq: 'error',
      // What a component binds is written by others; its other properties stand in the same pattern.
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
);
