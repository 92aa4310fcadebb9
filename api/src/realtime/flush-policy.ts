const GATHER_MS = 25;
const GATHER_MANY_MS = 50;
const MANY_SOCKETS = 500;
const GATHER_MAX_MS = 500;

/**
 * How long to gather after a broadcast before the next one: nothing is felt below 25 ms, many sockets
 * make each broadcast dear, and at most a third of the time is spent on broadcasting.
 * @param sockets open sockets of this process
 * @param lastCostMs CPU time of the last broadcast: what it has waited for a core on a busy machine is no reason to
 * wait as long again
 */
export function gatherMs(sockets: number, lastCostMs: number): number {
  const least = sockets >= MANY_SOCKETS ? GATHER_MANY_MS : GATHER_MS;
  return Math.min(GATHER_MAX_MS, Math.max(least, 2 * lastCostMs));
}
