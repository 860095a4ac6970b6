/** `\u0000`, or half of a surrogate pair, as JSON writes them. */
const REFUSED = /\\u(0000|d[89a-f])/i;

/**
 * JSON for a `jsonb` value. PostgreSQL refuses NUL and half characters there, which texts that were cut
 * or forged may have: they become U+FFFD.
 */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  return REFUSED.test(json) ? JSON.stringify(value, storable) : json;
}

function storable(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value;
}
