const LOOK_EVERY_MS = 500;

/**
 * Calls back once when npm, which started this process, is gone: killed with SIGKILL it can forward no
 * signal. Does nothing unless the start script has passed npm's process id in PARENT_PID.
 */
export function onOrphaned(callback: () => void): void {
  const parent = Number(process.env['PARENT_PID']);
  if (!Number.isInteger(parent) || parent <= 1) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, LOOK_EVERY_MS);
  timer.unref();
}
