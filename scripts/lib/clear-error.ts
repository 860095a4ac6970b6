/** An error whose message is a whole sentence for the person at the keyboard: what is wrong, and what to do. */
export class ClearError extends Error {
  override name = 'ClearError';
}

/** One line that says why something was thrown, for putting inside a sentence. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const text = error instanceof Error ? error.message || error.name : String(error);
  const lines = text.trim().split('\n');
  // Prisma first quotes the call, over several lines, and says last what is wrong with it.
  const reason = text.startsWith('\nInvalid `') ? lines.at(-1) : lines[0];
  return (reason ?? '').replace(/\.$/, '');
}
