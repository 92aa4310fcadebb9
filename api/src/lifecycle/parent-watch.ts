const POLL_MS = 500;

/**
 * Calls back once when the process that started us is gone without having told us: npm killed by SIGKILL passes
 * nothing on. Only when the start script says who that is, in PARENT_PID; started in another way (a service
 * manager, nohup) a process may well outlive its parent.
 * @returns stops watching
 */
export function onOrphaned(callback: () => void, parent = process.env['PARENT_PID']): () => void {
  if (!parent) return () => undefined;
  const timer = setInterval(() => {
    if (process.ppid === Number(parent)) return;
    clearInterval(timer);
    callback();
  }, POLL_MS).unref();
  return () => clearInterval(timer);
}
