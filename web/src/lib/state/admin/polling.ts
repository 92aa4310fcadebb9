/**
 * Calls `act` every `ms` milliseconds while the page is looked at, and at once when it is looked at again
 * after a longer time; returns how to stop.
 */
export function poll(act: () => void, ms: number): () => void {
  let last = Date.now();
  const due = () => {
    if (document.visibilityState !== 'visible' || Date.now() - last < ms / 2) return;
    last = Date.now();
    act();
  };
  const timer = setInterval(due, ms);
  document.addEventListener('visibilitychange', due);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', due);
  };
}
