import { describe, expect, test } from '@jest/globals';
import { languageOf, type Messages, messagesFor } from '../../src/core/messages.ts';
import { type RichText, toPlain } from '../../src/core/view.ts';
import { sentenceOf, worded } from '../../src/core/worded.ts';

/** Whatever a text may be filled with: a word, a number, a list of words, rich text, or an object of them. */
function anything(word: string, number: number): unknown {
  const self: unknown = new Proxy(() => self, {
    get(_target, name) {
      if (name === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? number : word);
      if (name === Symbol.iterator) return () => [word, word][Symbol.iterator]();
      if (name === 'length') return number;
      return typeof name === 'symbol' ? undefined : self;
    },
  });
  return self;
}

const isRich = (value: unknown): value is RichText => Array.isArray(value);

/** What a text says: by its path in the catalogue, functions once with few and once with many. */
function said(texts: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, text] of Object.entries(texts)) {
    const key = path ? `${path}.${name}` : name;
    if (typeof text === 'string') found.set(key, text);
    else if (typeof text === 'function') {
      for (const number of [1, 3]) {
        const given = anything('Xyz', number);
        const result: unknown = text(given, given, given, given);
        found.set(`${key}(${number})`, isRich(result) ? toPlain(result) : String(result));
      }
    } else for (const entry of said(text, key)) found.set(...entry);
  }
  return found;
}

const english = said(messagesFor('en'));
const spanish = said(messagesFor('es'));

/** Texts that are the same in both languages, and rightly so. */
const alike = new Set([
  'connect.platforms.slack',
  'connect.platforms.teams',
  'forms.whenExample',
  'offer.no',
  'settings.generalButton',
  'settings.languages.en',
  'settings.languages.es',
  'settings.notAway',
  'words.priorities.normal',
]);

describe('the catalogue', () => {
  test.each(['en', 'es'])('has words for every deed that the log shows, in %s', (language) => {
    const { summaries, history } = messagesFor(language);
    const others = ['account.linked', 'account.merged', 'account.separated', 'person.created'];
    const events = ['channel-ended', 'channel-renamed', 'recur'];
    const names = [...Object.keys(summaries), ...others, ...events];
    expect(names.filter((name) => !Object.hasOwn(history.deeds, name))).toEqual([]);
  });

  test('has the same texts in both languages', () => {
    expect([...spanish.keys()]).toEqual([...english.keys()]);
    expect(english.size).toBeGreaterThan(150);
  });

  test.each([
    ['English', english],
    ['Spanish', spanish],
  ])('has words in every %s text, and nothing that was not filled in', (_language, texts) => {
    const bad = [...texts].filter(
      ([, text]) => text.trim() === '' || /undefined|NaN|\[object|function|=>/.test(text),
    );
    expect(bad).toEqual([]);
  });

  test('says nothing in English to people who speak Spanish', () => {
    const untranslated = [...english].filter(
      ([key, text]) =>
        spanish.get(key) === text && !alike.has(key) && /\p{L}/u.test(text.replace(/Xyz/g, '')),
    );
    expect(untranslated).toEqual([]);
  });

  test('names the same commands in both languages', () => {
    const commands = (text = ''): string[] =>
      [...text.matchAll(/`([^`]*)`/g)].map(([command]) => command).sort();
    const differing = [...english].filter(
      ([key, text]) => JSON.stringify(commands(text)) !== JSON.stringify(commands(spanish.get(key))),
    );
    expect(differing).toEqual([]);
  });

  test('fills in the same things in both languages', () => {
    const filled = (text = ''): boolean => text.includes('Xyz');
    const differing = [...english].filter(([key, text]) => filled(text) !== filled(spanish.get(key)));
    expect(differing).toEqual([]);
  });
});

describe('a person’s language', () => {
  test.each([
    ['es', 'es'],
    ['es-ES', 'es'],
    ['es_MX', 'es'],
    ['ES-419', 'es'],
    ['en-US', 'en'],
    ['de-DE', 'en'],
    ['', 'en'],
    ['est', 'en'],
  ])('%s is spoken to in %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });
});

describe('a sentence in a schema', () => {
  const inBoth = (key: string): string[] =>
    ['en', 'es'].map((locale) => sentenceOf(key)(messagesFor(locale)));

  test('is said in the language of whoever asks, with its numbers', () => {
    expect(inBoth(worded('input', 'tooLong', 300))).toEqual([
      'That is too long: 300 characters at most.',
      'Es demasiado largo: 300 caracteres como máximo.',
    ]);
    expect(inBoth(worded('input', 'page'))).toEqual(['A page is a number.', 'Una página es un número.']);
  });

  test.each(['Invalid input: expected string', '["input","gone"]', '["nowhere","page"]'])(
    'that is not in the catalogue is said in general words: %s',
    (key) => {
      const general = ({ errors }: Messages) => errors.invalidArguments;
      expect(inBoth(key)).toEqual([general(messagesFor('en')), general(messagesFor('es'))]);
    },
  );
});
