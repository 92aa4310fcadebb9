/**
 * Repeats `check` until it stops throwing; gives its answer.
 * @param timeoutMs patience, not a promise: what has a deadline of its own is measured by who asserts that
 * @throws its last error after `timeoutMs`
 */
export async function eventually<Answer>(
  check: () => Answer | Promise<Answer>,
  timeoutMs = 30_000,
  everyMs = 20,
): Promise<Answer> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }
}
