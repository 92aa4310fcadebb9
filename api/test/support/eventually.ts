/** Repeats `check` until it stops throwing; gives its answer. @throws its last error after `timeoutMs` */
export async function eventually<Answer>(
  check: () => Answer | Promise<Answer>,
  timeoutMs = 15_000,
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
