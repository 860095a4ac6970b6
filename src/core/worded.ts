import type { Messages, Sentence } from './messages.ts';

type Parameters<Text> = Text extends (...parameters: infer Given) => string ? Given : [];

/**
 * A sentence of the catalogue as a string, for where no function can stand: the errors of a zod schema, which is
 * made before anybody asks. `sentenceOf` makes it a sentence again.
 */
export function worded<Section extends keyof Messages, Name extends keyof Messages[Section]>(
  section: Section,
  name: Name,
  ...parameters: Parameters<Messages[Section][Name]>
): string {
  return JSON.stringify([section, name, ...parameters]);
}

/** What is not from the catalogue, as zod's own messages are not, is said in general words. */
export function sentenceOf(key: string): Sentence {
  return (messages) => {
    const text = lookUp(messages, key);
    return text ?? messages.errors.invalidArguments;
  };
}

function lookUp(messages: Messages, key: string): string | undefined {
  if (!key.startsWith('["')) return undefined;
  const [section, name, ...parameters]: unknown[] = JSON.parse(key);
  const texts: unknown = Reflect.get(messages, String(section));
  const text: unknown = typeof texts === 'object' && texts !== null && Reflect.get(texts, String(name));
  if (typeof text === 'function') return String(Reflect.apply(text, undefined, parameters));
  return typeof text === 'string' ? text : undefined;
}
