/** A promise with a time limit in ms; a TimeoutError after it. What runs on behind it ends by itself, unheard. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DOMException('took too long', 'TimeoutError')), limitMs);
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
