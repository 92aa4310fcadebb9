/** The token that every benchmark calls with; good in the run's own databases only. */
export const TOKEN = `sbx_${'bench'.padEnd(43, '0')}`;

export const CALLER = { authorization: `Bearer ${TOKEN}` } as const;
