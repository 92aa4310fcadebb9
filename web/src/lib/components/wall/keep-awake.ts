/** Keeps the screen on while the page is looked at, where the browser can; returns how to stop. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let isWanted = true;

  const hold = async () => {
    if (!isWanted || document.visibilityState !== 'visible' || lock?.released === false) return;
    try {
      lock = await navigator.wakeLock?.request('screen');
    } catch {
      // A low battery, or a browser that does not allow it: the screen's own settings decide.
    }
    if (!isWanted) await lock?.release();
  };
  const retake = () => void hold();

  void hold();
  // The browser lets go of it whenever the page is out of sight.
  document.addEventListener('visibilitychange', retake);
  return () => {
    isWanted = false;
    document.removeEventListener('visibilitychange', retake);
    void lock?.release();
  };
}
