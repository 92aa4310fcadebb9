/** The one-way flow of the house, enforced: contract and config know nobody, nothing goes in circles. */
const only = (from, allowed) => ({
  name: `${from}-knows-only-its-own`,
  severity: 'error',
  from: { path: `^api/src/${from}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: '^api/src/',
    pathNot: [from, ...(allowed.length > 0 ? ['lifecycle'] : []), ...allowed].map(
      (folder) => `^api/src/${folder}/`,
    ),
  },
});

export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-barrels', severity: 'error', from: {}, to: { path: '^(api|web)/src/.*/index\\.ts$' } },
    only('lifecycle', []),
    only('contract', []),
    only('config', ['contract']),
    only('problems', ['contract']),
    only('database', ['config']),
    only('event-log', ['contract', 'config', 'database', 'paging', 'problems']),
    only('operations', ['contract', 'config', 'database', 'problems']),
    only('paging', ['contract', 'database', 'problems']),
    only('audit', ['contract', 'database', 'paging']),
    only('auth', ['contract', 'config', 'database', 'problems', 'audit']),
    only('people', ['contract', 'database', 'problems', 'paging', 'audit', 'auth']),
    only('credentials', ['contract', 'database', 'problems', 'paging', 'audit', 'auth']),
    only('runtime-settings', ['contract', 'database', 'audit', 'auth']),
    only('classification', ['contract', 'config', 'database', 'problems', 'runtime-settings']),
    only('stats', ['contract', 'config', 'database', 'event-log', 'problems']),
    only('tickets', [
      'contract',
      'config',
      'database',
      'event-log',
      'stats',
      'classification',
      'auth',
      'operations',
      'paging',
      'problems',
    ]),
    only('openapi', ['contract']),
    only('health', ['contract', 'config', 'database', 'event-log', 'classification', 'problems']),
    only('redis', ['config']),
    only('realtime', ['contract', 'config', 'event-log', 'stats', 'auth', 'redis', 'problems']),
    {
      name: 'tickets-and-realtime-meet-in-the-log',
      severity: 'error',
      from: { path: '^api/src/(tickets|realtime)/' },
      to: { path: '^api/src/(tickets|realtime)/', pathNot: '^api/src/$1/' },
    },
    {
      name: 'sync-has-no-svelte',
      severity: 'error',
      from: { path: '^web/src/lib/sync/' },
      to: { path: 'svelte|^web/src/lib/(state|components)/|^web/src/routes/' },
    },
    {
      name: 'web-knows-only-the-contract-of-the-api',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^api/', pathNot: '^api/src/contract/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|build|\\.svelte-kit)/' },
    tsPreCompilationDeps: true,
    extraExtensionsToScan: ['.svelte'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.js', '.svelte'],
    },
  },
};
