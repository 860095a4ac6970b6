import type {
  Action,
  ActionContext,
  Actor,
  AuditNote,
  Bound,
  Guest,
  GuestContext,
  Invocation,
} from './action.ts';
import type { Answer, Dispatch } from './adapter.ts';
import { commandRoot } from './command-root.ts';
import { errorReply, notInstalled } from './error-reply.ts';
import { AppError, type Outcome, outcomeOf } from './errors.ts';
import { keyOf, needsKey } from './invocation-key.ts';
import type { AuditRecord, Clock, Committed, Log, NewId, Session, Sessions, UnitOfWork } from './ports.ts';
import { type Resolved, readRequest } from './read-request.ts';
import { mayUse, type Registry } from './registry.ts';
import { auditRecord, type Run, type Who, wordsOf } from './run.ts';
import type { Reply } from './view.ts';

/** Who a chat account is, asked when there is no session. */
export type Identity =
  | { kind: 'member'; session: Session }
  | { kind: 'guest'; guest: Guest }
  /** The workspace is not installed. */
  | { kind: 'nobody' };

export interface Directory {
  /** Throws AppError `database_unavailable`. */
  identify(invocation: Invocation, sessionId: string): Promise<Identity>;
  /** Names of those who may, to say whom to ask. */
  whoMay(organizationId: string, access: 'manager' | 'admin'): Promise<string[]>;
}

export interface DispatchOptions<Db, Work extends UnitOfWork> {
  registry: Registry<Db, Work>;
  db: Db;
  begin(): Work;
  sessions: Sessions;
  directory: Directory;
  /** Keeps the audit rows of what changed nothing: written soon, in batches. */
  auditLater(record: AuditRecord): void;
  /** Wakes the workers of a queue. */
  wake(queue: string): void;
  /** The app's slash command: /task */
  slackCommand: string;
  /** What an error of a library means; undefined for one that nobody expected. */
  explain(error: unknown): AppError | undefined;
  /** What someone unknown is told. */
  greetGuest(guest: Guest): Reply;
  /** Counts each invocation. `seconds` until the answer. */
  measure(labels: { action: string; outcome: string; platform: string }, seconds: number): void;
  clock: Clock;
  newId: NewId;
  log: Log;
}

/** Two people on one card: read and decide again, so often. */
const MAX_ATTEMPTS = 6;

/** The only pipeline: session, action, arguments, permission, transaction, reply. Its result never rejects. */
export function createDispatch<Db, Work extends UnitOfWork>(options: DispatchOptions<Db, Work>): Dispatch {
  const { registry, sessions, directory, clock, newId, log } = options;
  const rootOf = (invocation: Invocation) => commandRoot(invocation, options.slackCommand);

  const dispatch = async (invocation: Invocation): Promise<Answer> => {
    const sessionId = `${invocation.platform}:${invocation.workspaceId}:${invocation.userId}`;
    const run: Run = { invocation, sessionId, started: clock(), who: { kind: 'nobody' } };
    const begun = performance.now();
    let outcome = 'failed';
    try {
      const answer = await answerTo(run);
      outcome = answer.outcome;
      return answer;
    } catch (error) {
      const failed = await fail(run, error);
      outcome = failed.outcome;
      return failed;
    } finally {
      const labels = { action: run.resolved?.action ?? 'unknown', outcome, platform: invocation.platform };
      options.measure(labels, (performance.now() - begun) / 1_000);
    }
  };

  async function answerTo(run: Run): Promise<Answer & { outcome: string }> {
    run.who = await identify(run);
    if (run.who.kind === 'nobody') return { reply: notInstalled(), repeated: false, outcome: 'denied' };
    const resolved = readRequest(registry, run.invocation.request, {
      now: run.started,
      ...placeAndTime(run.who),
    });
    run.resolved = { ...resolved, action: resolved.action.name };
    const answer = await perform(run, run.who, resolved);
    return { ...(await followUp(run, resolved, answer)), outcome: 'ok' };
  }

  /** A button may say what its message shows afterwards: `after` is a command, run as the same person. */
  async function followUp(run: Run, resolved: Resolved<Action<Db, Work>>, answer: Answer): Promise<Answer> {
    if (!resolved.after || answer.reply.kind !== 'view') return answer;
    const next = await dispatch({
      ...run.invocation,
      key: `${run.invocation.key}:after`,
      request: { type: 'text', text: resolved.after, mentions: [] },
      answeredSeparately: false,
    });
    if (next.reply.kind !== 'view') return answer;
    return { reply: { ...next.reply, replaceOriginal: true }, repeated: answer.repeated };
  }

  async function identify({ invocation, sessionId }: Run): Promise<Who> {
    const session = await sessions.get(sessionId).catch((error: unknown) => {
      log.warn({ err: error }, 'sessions can’t be read: asking PostgreSQL');
      return undefined;
    });
    const moved = invocation.directAddress && session?.directAddress !== invocation.directAddress;
    if (session && !moved) return { kind: 'member', actor: session };
    const identity = await directory.identify(invocation, sessionId);
    if (identity.kind !== 'member') return identity;
    // Not waited for: the process holds it already, and the answer must not wait for DynamoDB.
    sessions.put(identity.session).catch((error: unknown) => log.warn({ err: error }, 'session not stored'));
    return { kind: 'member', actor: identity.session };
  }

  async function perform(
    run: Run,
    who: Exclude<Who, { kind: 'nobody' }>,
    { action, args }: Resolved<Action<Db, Work>>,
  ): Promise<Answer> {
    if (who.kind === 'guest') {
      if (action.access !== 'guest') {
        auditLater(run, 'denied', { details: { reason: 'unknown person' } });
        return { reply: options.greetGuest(who.guest), repeated: false };
      }
      return carryOut(run, action, checked(action.bind(args), run), (base) => ({
        ...base,
        guest: who.guest,
      }));
    }
    const { actor } = who;
    if (action.access === 'guest')
      throw new AppError('not_possible_now', { userMessage: 'You are already on the team.' });
    if (!mayUse(action, actor.roles)) throw await notAllowed(action.access, actor);
    return carryOut(run, action, checked(action.bind(args), run), (base) => ({
      ...base,
      actor,
      lastTask: () => lastTask(actor.sessionId),
    }));
  }

  type Base = Omit<ActionContext<Db, Work>, 'actor' | 'lastTask'>;

  async function carryOut<Context extends ActionContext<Db, Work> | GuestContext<Db, Work>>(
    run: Run,
    action: Action<Db, Work>,
    bound: Extract<Bound<Context>, { ok: true }>,
    complete: (base: Base) => Context,
  ): Promise<Answer> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const note: AuditNote = {};
      const work = options.begin();
      const base: Base = {
        invocation: run.invocation,
        root: rootOf(run.invocation),
        db: options.db,
        work,
        now: clock(),
        newId,
        clock,
        audit: (more) => Object.assign(note, more),
        rememberTask: (number) => rememberTask(run, number),
      };
      const reply = await bound.run(complete(base));
      if (!needsKey(action, run.invocation, reply, work)) {
        auditLater(run, 'ok', note);
        return { reply, repeated: false };
      }
      const committed = await commit(run, work, reply, recordOf(run, 'ok', note));
      if (committed.kind === 'committed') return { reply, repeated: false };
      if (committed.kind === 'repeated') return { reply: committed.reply, repeated: true };
    }
    throw new AppError('changed_meanwhile');
  }

  async function commit(run: Run, work: Work, reply: Reply, audit: AuditRecord): Promise<Committed> {
    const committed = await work.commit({ key: keyOf(run), reply, audit, at: run.started });
    if (committed.kind === 'committed') for (const queue of work.queues) options.wake(queue);
    return committed;
  }

  /** Everything that goes wrong becomes a reply in words and an audit row. */
  async function fail(run: Run, thrown: unknown): Promise<Answer & { outcome: string }> {
    const reference = newId().slice(-8);
    const error =
      thrown instanceof AppError
        ? thrown
        : (options.explain(thrown) ?? new AppError('unexpected', { cause: thrown }));
    const outcome = outcomeOf(error.code);
    const { request } = run.invocation;
    const intent = run.resolved ? { action: run.resolved.action, args: run.resolved.args } : undefined;
    if (outcome === 'failed') {
      log.error({ err: thrown, reference, action: intent?.action, code: error.code }, 'an invocation failed');
    }
    const reply: Reply =
      request.type === 'form' && error.fields
        ? { kind: 'fieldErrors', errors: error.fields }
        : errorReply(error, { reference, root: rootOf(run.invocation), ...(intent ? { intent } : {}) });
    const note: AuditNote = { details: { ...wordsOf(run), code: error.code, reference } };
    // What failed may be tried again with the same key, and a form that was refused is sent again.
    if (outcome === 'failed' || reply.kind === 'fieldErrors' || run.who.kind !== 'member') {
      auditLater(run, outcome, note);
      return { reply, repeated: false, outcome };
    }
    try {
      const committed = await commit(run, options.begin(), reply, recordOf(run, outcome, note));
      if (committed.kind === 'repeated') return { reply: committed.reply, repeated: true, outcome };
    } catch (cause) {
      log.warn({ err: cause, reference }, 'a refused attempt could not be recorded at once');
      auditLater(run, outcome, note);
    }
    return { reply, repeated: false, outcome };
  }

  function auditLater(run: Run, outcome: Outcome, note: AuditNote): void {
    options.auditLater(recordOf(run, outcome, note));
  }

  const recordOf = (run: Run, outcome: Outcome, note: AuditNote) =>
    auditRecord(run, { id: newId(), at: clock(), outcome, note });

  async function lastTask(sessionId: string): Promise<number | undefined> {
    const session = await sessions
      .get(sessionId, { fresh: true })
      .catch(() => sessions.get(sessionId).catch(() => undefined));
    return session?.lastTask;
  }

  function rememberTask(run: Run, number: number): void {
    sessions.rememberTask(run.sessionId, number).catch((error: unknown) => {
      log.debug({ err: error }, 'the session’s task was not stored');
    });
  }

  async function notAllowed(access: 'member' | 'manager' | 'admin', actor: Actor): Promise<AppError> {
    const role = access === 'admin' ? 'admin' : 'manager';
    const names = await directory.whoMay(actor.organizationId, role);
    const ask = names.length > 0 ? ` Ask ${names.slice(0, 3).join(' or ')}.` : '';
    return new AppError('not_allowed', { userMessage: `Only ${role}s can do that.${ask}` });
  }

  return Object.assign(dispatch, {
    opensForm(invocation: Invocation): boolean {
      try {
        const { action, args } = readRequest(registry, invocation.request, {
          now: clock(),
          timeZone: 'UTC',
          locale: 'en',
        });
        return action.opensForm?.(args) ?? false;
      } catch {
        return false;
      }
    },
  });
}

function checked<Context>(bound: Bound<Context>, run: Run): Extract<Bound<Context>, { ok: true }> {
  if (bound.ok) return bound;
  const [first] = Object.values(bound.errors);
  throw new AppError('invalid_arguments', {
    ...(first ? { userMessage: first } : {}),
    ...(run.invocation.request.type === 'form' ? { fields: bound.errors } : {}),
  });
}

function placeAndTime(who: Exclude<Who, { kind: 'nobody' }>): { timeZone: string; locale: string } {
  if (who.kind === 'member') return { timeZone: who.actor.timeZone, locale: who.actor.locale };
  return { timeZone: who.guest.profile.timeZone ?? 'UTC', locale: who.guest.profile.locale ?? 'en' };
}
