import type { Profile } from '../core/action.ts';
import { isTimeZone } from '../core/when.ts';

/** As the database demands it: persons_name_not_blank. */
const LONGEST_NAME = 200;
/** RFC 5321 */
const LONGEST_EMAIL = 254;

/** Control characters, ends of lines, and the marks that turn the direction of all that follows. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;
/** At least one character that can be seen: spaces and joiners alone are no name. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * Only what we can work with: a profile is what its owner typed, and a name of line ends, a time zone that
 * doesn't exist or an address with NUL in it would break every message and statement that has it.
 */
export function tidyProfile(profile: Profile): Profile {
  const email = emailOf(profile.email);
  const locale = localeOf(profile.locale);
  return {
    name: nameOf(profile.name, email),
    ...(email ? { email } : {}),
    ...(profile.timeZone && isTimeZone(profile.timeZone) ? { timeZone: profile.timeZone } : {}),
    ...(locale ? { locale } : {}),
  };
}

function nameOf(typed: string, email: string | undefined): string {
  const candidates = [typed, email?.split('@')[0] ?? ''].map((name) =>
    name.toWellFormed().replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim(),
  );
  return candidates.find((name) => SEEN.test(name) && name.length <= LONGEST_NAME) ?? 'Someone';
}

/** Nothing is taken out of an address: what is left could be somebody else's. */
function emailOf(typed: string | undefined): string | undefined {
  const email = typed?.trim().toLowerCase();
  if (!email?.includes('@') || email.length > LONGEST_EMAIL) return undefined;
  return email.search(UNSEEN) === -1 && email.isWellFormed() ? email : undefined;
}

function localeOf(typed: string | undefined): string | undefined {
  try {
    return Intl.getCanonicalLocales(typed)[0];
  } catch {
    return undefined;
  }
}
