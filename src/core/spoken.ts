import type { Invocation } from './action.ts';
import { type Language, languageOf } from './messages.ts';
import type { Form, Reply, View } from './view.ts';

/** A reply that says in which language it is, for what the renderers add of their own. English goes without saying. */
export function spokenIn(reply: Reply, language: Language): Reply {
  switch (reply.kind) {
    case 'view': {
      const view = inLanguage(reply.view, language);
      return view === reply.view ? reply : { ...reply, view };
    }
    case 'form': {
      const form = inLanguage(reply.form, language);
      return form === reply.form ? reply : { ...reply, form };
    }
    default:
      return reply;
  }
}

/** The same object where it is English: what is kept for having been drawn already stays recognisable. */
export const inLanguage = <Shown extends View | Form>(shown: Shown, language: Language): Shown =>
  (shown.language ?? 'en') === language ? shown : { ...shown, language };

type Asker = Pick<Invocation, 'platform' | 'workspaceId' | 'userId' | 'locale'>;

/** In which language people were spoken to last, for what is said before it is known who asks. */
export interface Spoken {
  note(asker: Asker, language: Language): void;
  /** Of somebody not seen yet: what the platform says with the request, else English. */
  of(asker: Asker): Language;
}

/** No more people are remembered; hints are all that gets lost. */
const REMEMBERED = 10_000;

export function createSpoken(): Spoken {
  const others = new Map<string, Language>();
  const keyOf = ({ platform, workspaceId, userId }: Asker): string => `${platform}:${workspaceId}:${userId}`;
  return {
    note(asker, language) {
      const key = keyOf(asker);
      // Most are spoken to in English, and need not be remembered.
      if (language === 'en') return void others.delete(key);
      if (!others.has(key) && others.size >= REMEMBERED) others.clear();
      others.set(key, language);
    },
    of: (asker) => others.get(keyOf(asker)) ?? languageOf(asker.locale ?? 'en'),
  };
}
