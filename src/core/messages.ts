import { en } from './messages/en.ts';
import { es } from './messages/es.ts';

/** Everything that Crewline says, in one language. English is the one that the others have to match. */
export type Messages = typeof en;
export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** A sentence that is chosen before it is known who reads it. */
export type Sentence = (messages: Messages) => string;

const catalogue: Record<Language, Messages> = { en, es };

function knownLanguage(locale: string): Language | undefined {
  const [language = ''] = locale.toLowerCase().split(/[-_]/);
  return languages.find((known) => known === language);
}

/** The language of a locale like `es-MX`; English for those that there are no texts in. */
export const languageOf = (locale: string): Language => knownLanguage(locale) ?? 'en';

/** Whether somebody of this locale reads their own language: else dates in it would stand in English sentences. */
export const hasTexts = (locale: string): boolean => knownLanguage(locale) !== undefined;

/** The texts for a person of this locale. */
export const messagesFor = (locale: string): Messages => catalogue[languageOf(locale)];
