/** A JSON object whose fields have not been looked at yet. */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object itself, or an empty one: lets a chain of look-ups go on. */
export const json = (value: unknown): Json => (isJson(value) ? value : {});

/** A string that is there and not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The string fields alone; inputs may also send booleans and numbers. */
export function strings(value: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, entry] of Object.entries(json(value))) {
    if (typeof entry === 'string') found[key] = entry;
    else if (typeof entry === 'number' || typeof entry === 'boolean') found[key] = String(entry);
  }
  return found;
}
