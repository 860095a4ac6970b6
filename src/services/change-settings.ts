import { type Language, languageOf } from '../core/messages.ts';
import type { Settings } from '../core/settings.ts';
import { sql } from '../lib/sql.ts';
import { moveHeldNews } from './held-news.ts';
import type { Scope } from './scope.ts';
import { readOwnSettings, type SettingsChange, writeSettings } from './settings.ts';
import { tidyProfile } from './tidy-profile.ts';

/** What somebody can set for themselves. */
export interface OwnChange extends SettingsChange {
  /** IANA name that isTimeZone knows */
  timeZone?: string;
}

export interface OwnSettings {
  settings: Settings;
  timeZone: string;
  locale: string;
}

/** As they are now; `actor` alone may be as old as the session. */
export async function ownSettings(scope: Scope): Promise<OwnSettings> {
  const { timeZone, locale } = scope.actor;
  return { settings: await readOwnSettings(scope), timeZone, locale };
}

/**
 * Writes what changes, and gives all of it as it is then. The language is the one of persons.locale too, which every
 * text is made in. Throws AppError `platform_unavailable` when the profile's language is wanted and can't be asked.
 */
export async function changeSettings(scope: Scope, change: OwnChange): Promise<OwnSettings> {
  const before = await readOwnSettings(scope);
  const { timeZone: zone, ...rest } = change;
  const timeZone = zone ?? scope.actor.timeZone;
  const locale = change.language === undefined ? scope.actor.locale : await localeIn(scope, change.language);
  writeSettings(scope, rest);
  if (timeZone !== scope.actor.timeZone || locale !== scope.actor.locale) {
    scope.work.write(
      sql`UPDATE persons SET time_zone = ${timeZone}, locale = ${locale} WHERE id = ${scope.actor.personId}`,
      { rows: 1 },
    );
  }
  scope.audit({ target: `person:${scope.actor.personId}`, details: detailsOf(change) });
  const settings = applied(before, change);
  if (movesRest(change)) await moveHeldNews(scope, { settings, timeZone });
  return { settings, timeZone, locale };
}

const movesRest = ({ quiet, workDays, awayUntil, timeZone }: OwnChange): boolean =>
  [quiet, workDays, awayUntil, timeZone].some((one) => one !== undefined);

/** The language in the region of before: en-US becomes es-US, and keeps its way to write times. */
async function localeIn(scope: Scope, language: Language | null): Promise<string> {
  const { locale } = scope.actor;
  if (language === null) return tidyProfile(await scope.invocation.profile()).locale ?? locale;
  if (languageOf(locale) === language && locale.toLowerCase().startsWith(language)) return locale;
  const region = regionOf(locale);
  return region ? `${language}-${region}` : language;
}

function regionOf(locale: string): string | undefined {
  try {
    return new Intl.Locale(locale).region;
  } catch {
    return undefined;
  }
}

function applied(before: Settings, change: OwnChange): Settings {
  const { language, quiet, workDays, awayUntil, digest, digestAt, digestDays, events } = change;
  const days = (given: readonly number[] | null | undefined, otherwise: Settings['workDays']) =>
    given === undefined || given === null ? otherwise : (given as Settings['workDays']);
  return {
    language: language === undefined ? before.language : language,
    quiet: quiet ? (quiet.from === quiet.to ? null : quiet) : before.quiet,
    workDays: days(workDays, before.workDays),
    awayUntil: awayUntil === undefined ? before.awayUntil : awayUntil,
    digest: {
      on: digest ?? before.digest.on,
      at: digestAt ?? before.digest.at,
      days: days(digestDays, before.digest.days),
    },
    events: { ...before.events, ...events },
  };
}

function detailsOf({ quiet, workDays, awayUntil, digestDays, events, ...plain }: OwnChange) {
  const said: Record<string, string | undefined> = {
    ...Object.fromEntries(
      Object.entries(plain).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value ?? 'default')]],
      ),
    ),
    quiet: quiet ? (quiet.from === quiet.to ? 'off' : `${quiet.from}-${quiet.to}`) : undefined,
    workDays: workDays?.join(' '),
    awayUntil: awayUntil === undefined ? undefined : (awayUntil?.toISOString() ?? 'no'),
    digestDays: digestDays?.join(' '),
    ...events,
  };
  return Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
