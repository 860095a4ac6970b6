import { isolate } from '../isolate.ts';

/** The forms of a noun; languages with more of them get more. */
interface Forms {
  one: string;
  other: string;
}

/** A number with its noun, as the language writes it: `1 task`, `3 tasks`. */
export function counting(locale: string, { one, other }: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(locale);
  const digits = new Intl.NumberFormat(locale);
  return (count) => `${digits.format(count)} ${rules.select(count) === 'one' ? one : other}`;
}

/** Words as a list with "and" or "or", as the language writes it. */
export function listing(locale: string, type: 'conjunction' | 'disjunction') {
  const format = new Intl.ListFormat(locale, { type });
  return (words: readonly string[]): string => format.format(words.map(isolate));
}
