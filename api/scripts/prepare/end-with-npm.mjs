const POLL_MS = 250;
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/**
 * Ends this process, after `clean`, on a signal and when the npm that started it has gone. npm passes SIGTERM on to
 * its shell only, and SIGKILL to nobody; the shell in between may go or stay.
 * @param {() => void} clean
 */
export function endWithNpm(clean) {
  const end = (code) => {
    clean();
    process.exit(code);
  };
  for (const [signal, code] of Object.entries(CODES)) process.on(signal, () => end(code));
  const npm = Number(process.env.PARENT_PID);
  if (!npm) return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell || !isAlive(npm)) end(1);
  }, POLL_MS).unref();
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
