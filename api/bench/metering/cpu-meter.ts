import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Fields of /proc/<pid>/stat after the name, which may itself hold blanks and brackets; see proc_pid_stat(5). */
const PARENT = 1;
const OWN_TIMES = [11, 12] as const;
const ENDED_CHILDREN_TIMES = [13, 14] as const;

/** CPU seconds that one process has used: all its threads, user and system. */
export function processSeconds(pid: number): number {
  return seconds(statOf(pid) ?? [], OWN_TIMES);
}

/**
 * CPU seconds that a PostgreSQL server has used: postmaster, the processes that run now, and those that have
 * ended, whose times the kernel adds to the postmaster's when it reaps them.
 */
export function serverSeconds(postmaster: number): number {
  const own = statOf(postmaster);
  if (own === null) return 0;
  let sum = seconds(own, OWN_TIMES) + seconds(own, ENDED_CHILDREN_TIMES);
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = statOf(Number(entry));
    if (stat !== null && Number(stat[PARENT]) === postmaster) sum += seconds(stat, OWN_TIMES);
  }
  return sum;
}

/** Null when the process is gone. */
function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function seconds(stat: readonly string[], fields: readonly number[]): number {
  return fields.reduce((sum, field) => sum + Number(stat[field] ?? 0), 0) / TICKS_PER_SECOND;
}
