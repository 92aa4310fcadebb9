/** SQL that writes a moment as the wire does: UTC, ISO 8601 with milliseconds, whatever the database's date style. */
export const instantSql = (expression: string): string =>
  `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
