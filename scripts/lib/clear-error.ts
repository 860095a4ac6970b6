/** An error whose message is a whole sentence for the person at the keyboard: what is wrong, and what to do. */
export class ClearError extends Error {
  override name = 'ClearError';
}

/** The first line of anything thrown, for putting inside a sentence. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.trim().split('\n', 1)[0] ?? '';
}
