/**
 * What `work` comes to, or `fallback` where that takes longer than `ms`. Nothing is cancelled: the work goes on, and
 * whatever it comes to later, a rejection too, is ignored. No timer is left behind.
 * @throws what `work` rejects with in time
 */
export async function withTimeout<Answer, Fallback>(
  work: Promise<Answer>,
  ms: number,
  fallback: Fallback,
): Promise<Answer | Fallback> {
  const late = Promise.withResolvers<Fallback>();
  const timer = setTimeout(late.resolve, ms, fallback);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
