import type { Actor, AuditNote, Bound, Guest, Invocation } from './action.ts';
import { AppError, type Outcome } from './errors.ts';
import { type Messages, messagesFor } from './messages.ts';
import type { AuditRecord } from './ports.ts';
import type { Resolved } from './read-request.ts';
import { shorten } from './shorten.ts';
import { plain, type Reply, say } from './view.ts';

export type Who = { kind: 'member'; actor: Actor } | { kind: 'guest'; guest: Guest } | { kind: 'nobody' };

/** One invocation on its way: what is known of it so far, for the audit row. */
export interface Run {
  invocation: Invocation;
  sessionId: string;
  started: Date;
  who: Who;
  resolved?: Resolved<string>;
}

/** The audit row of an invocation, as far as it came. */
export function auditRecord(
  run: Run,
  { id, at, outcome, note }: { id: string; at: Date; outcome: Outcome; note: AuditNote },
): AuditRecord {
  const { who, invocation } = run;
  const known = who.kind === 'member' ? who.actor : undefined;
  const guest = who.kind === 'guest' ? who.guest : undefined;
  return {
    id,
    actor: known ? `person:${known.personId}` : `account:${run.sessionId}`,
    actorName: known?.name ?? guest?.profile.name ?? 'unknown',
    at: at.toISOString(),
    organizationId: known?.organizationId ?? guest?.organizationId ?? 'none',
    action: run.resolved?.action ?? 'unknown',
    outcome,
    platform: invocation.platform,
    source: invocation.source,
    ...note,
    details: note.details ?? {},
  };
}

const WORDS_KEPT = 300;

/** The answer as it may be kept, for when the request comes again. */
export const keepable = (run: Run, reply: Reply): Reply =>
  reply.kind === 'view' && reply.secret ? say(plain(messagesOf(run).connect.saidOnce)) : reply;

/** What was asked for, for the audit row of an attempt that changed nothing; without one-time codes. */
export function wordsOf(run: Run): Record<string, string> {
  const args =
    run.resolved?.args ??
    (run.invocation.request.type === 'text' ? { text: run.invocation.request.text.replace(CODE, '…') } : {});
  const said = Object.entries(args).filter(([name]) => name !== 'code');
  return Object.fromEntries(said.map(([name, value]) => [name, shorten(value, WORDS_KEPT)]));
}

/** A one-time code as it is shown, beside a misspelt command or alone */
const CODE = /\b[a-z0-9]{5}-[a-z0-9]{5}\b/gi;

/** For the audit row of a form that was opened. */
export function formOpened({ resolved }: Run): Record<string, string> {
  const task = resolved?.args.task;
  return { form: 'opened', ...(task ? { task } : {}) };
}

/** Of whoever asks; as far as it is known. */
export const localeOf = ({ who, invocation }: Run): string =>
  who.kind === 'nobody' ? (invocation.locale ?? 'en') : placeAndTime(who).locale;

export const messagesOf = (run: Run): Messages => messagesFor(localeOf(run));

/** Where dates are read, and how they are written. */
export function placeAndTime(who: Exclude<Who, { kind: 'nobody' }>): { timeZone: string; locale: string } {
  if (who.kind === 'member') return { timeZone: who.actor.timeZone, locale: who.actor.locale };
  return { timeZone: who.guest.profile.timeZone ?? 'UTC', locale: who.guest.profile.locale ?? 'en' };
}

/** Throws AppError `invalid_arguments`, for a form with an error at each field. */
export function checked<Context>(bound: Bound<Context>, run: Run): Extract<Bound<Context>, { ok: true }> {
  if (bound.ok) return bound;
  const [first] = Object.values(bound.errors);
  throw new AppError('invalid_arguments', {
    ...(first ? { userMessage: first } : {}),
    ...(run.invocation.request.type === 'form' ? { fields: bound.errors } : {}),
  });
}
