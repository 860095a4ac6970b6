/** No date is longer; it also bounds the work that a pasted page can cause. */
export const LONGEST_DATE = 80;

const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Lower case, single spaces, no invisible characters, no closing punctuation; undefined when it is too long to be a date. */
export function tidy(text: string): string | undefined {
  if (text.length > LONGEST_DATE) return undefined;
  // NFKC turns the full-width digits of East Asian keyboards and no-break spaces into plain ones.
  const plain = text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
  return plain
    .replace(/\s+/g, ' ')
    .replace(/[ .,;:!?]+$/, '')
    .trimStart()
    .replace(/^(20\d{2}-\d{2}-\d{2})t(?=\d)/, '$1 ');
}

/** What a form of date was found to be, and where the text after it starts. */
export interface Found<Value> {
  value: Value;
  end: number;
}

/** One way to write something: a sticky pattern, and what its parts mean. `undefined` means it was something else after all. */
export interface Form<Value, Input> {
  pattern: RegExp;
  read(parts: readonly (string | undefined)[], input: Input): Value | undefined;
}

/** The first form that stands at the position as whole words. */
export function findForm<Value, Input>(
  forms: readonly Form<Value, Input>[],
  place: { text: string; position: number },
  input: Input,
): Found<Value> | undefined {
  for (const form of forms) {
    form.pattern.lastIndex = place.position;
    const match = form.pattern.exec(place.text);
    const value = match ? form.read(match, input) : undefined;
    if (value !== undefined) return { value, end: form.pattern.lastIndex };
  }
  return undefined;
}

/** A sticky pattern that ends where a word ends, with or without punctuation. */
export function wholeWords(source: string): RegExp {
  return new RegExp(`(?:${source})(?=[.,;:!?]*(?:$| )|[,;])`, 'uy');
}
