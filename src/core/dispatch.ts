import type { Action, ActionContext, AuditNote, Bound, Guest, GuestContext, Invocation } from './action.ts';
import type { Answer, Dispatch } from './adapter.ts';
import { commandRoot } from './command-root.ts';
import { errorReply, notInstalled } from './error-reply.ts';
import { AppError, type Outcome, outcomeOf } from './errors.ts';
import { turned, withAfter } from './follow-up.ts';
import { keyOf, needsKey } from './invocation-key.ts';
import { lookAhead } from './look-ahead.ts';
import { languageOf } from './messages.ts';
import { notAllowed } from './not-allowed.ts';
import { createPeople, type Directory } from './people.ts';
import type { AuditRecord, Clock, Committed, Log, NewId, Sessions, UnitOfWork } from './ports.ts';
import { type Resolved, readRequest } from './read-request.ts';
import { mayUse, type Registry } from './registry.ts';
import {
  auditRecord,
  checked,
  formOpened,
  keepable,
  localeOf,
  messagesOf,
  placeAndTime,
  type Run,
  type Who,
  wordsOf,
} from './run.ts';
import { createSearches } from './searches.ts';
import { createSpoken, spokenIn } from './spoken.ts';
import type { Reply } from './view.ts';

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
  /** Ends all sessions of a person, on all replicas, soon after: nobody waits for it. */
  endSessions(personId: string): void;
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

type Known = Exclude<Who, { kind: 'nobody' }>;

/** Two people on one card: read and decide again, so often. */
const MAX_ATTEMPTS = 6;

/** The only pipeline: session, action, arguments, permission, transaction, reply. Its result never rejects. */
export function createDispatch<Db, Work extends UnitOfWork>(options: DispatchOptions<Db, Work>): Dispatch {
  const { registry, directory, clock, newId, log } = options;
  const people = createPeople(options);
  const spoken = createSpoken();
  const searches = createSearches(clock);
  const rootOf = (invocation: Invocation) => commandRoot(invocation, options.slackCommand);

  const dispatch = async (invocation: Invocation): Promise<Answer> => {
    const sessionId = `${invocation.platform}:${invocation.workspaceId}:${invocation.userId}`;
    const run: Run = { invocation, sessionId, started: clock(), who: { kind: 'nobody' } };
    const begun = performance.now();
    let outcome = 'failed';
    try {
      const answer = await answerTo(run).catch((error: unknown) => fail(run, error));
      outcome = answer.outcome;
      return { reply: spokenIn(answer.reply, languageOf(localeOf(run))), repeated: answer.repeated };
    } finally {
      const labels = { action: run.resolved?.action ?? 'unknown', outcome, platform: invocation.platform };
      options.measure(labels, (performance.now() - begun) / 1_000);
    }
  };

  async function answerTo(run: Run): Promise<Answer & { outcome: string }> {
    let fresh = false;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      run.who = await people.recognise(run, fresh);
      spoken.note(run.invocation, languageOf(localeOf(run)));
      if (run.who.kind === 'nobody')
        return { reply: notInstalled(messagesOf(run)), repeated: false, outcome: 'denied' };
      const resolved = readAs(run, run.who);
      if (!resolved) return { ...greet(run, run.who), outcome: 'denied' };
      run.resolved = { ...resolved, action: resolved.action.name };
      const answer = await perform(run, run.who, resolved);
      if (answer.kind === 'answered') return { ...(await followUp(run, answer)), outcome: 'ok' };
      fresh = answer.kind === 'actor-changed';
    }
    throw new AppError('changed_meanwhile');
  }

  /**
   * A button may say what its message shows afterwards: `after` is a command, run as the same person. Only in
   * a message that nobody else sees: a shared card is brought up to date for everyone by its own queue.
   */
  async function followUp(run: Run, answer: Answer, { refused = false } = {}): Promise<Answer> {
    const { place } = run.invocation;
    const { reply, repeated } = answer;
    const after = run.resolved?.after;
    const isOwn = place.kind === 'direct' || place.ephemeral === true;
    if (!after || !isOwn) return answer;
    if (reply.kind === 'form') return place.messageId ? { reply: withAfter(reply, after), repeated } : answer;
    if (reply.kind !== 'view') return answer;
    const next = await dispatch({
      ...run.invocation,
      key: `${run.invocation.key}:after`,
      request: { type: 'text', text: after, mentions: [] },
      answeredSeparately: false,
    });
    if (next.reply.kind !== 'view') return answer;
    return { reply: turned(reply, next.reply, { place, refused }), repeated };
  }

  /** Someone unknown who types what nobody understands is greeted, not corrected: undefined. */
  function readAs(run: Run, who: Known): Resolved<Action<Db, Work>> | undefined {
    const request = { now: run.started, ...placeAndTime(who) };
    try {
      return readRequest(registry, run.invocation.request, request);
    } catch (error) {
      if (who.kind === 'guest' && error instanceof AppError) return undefined;
      throw error;
    }
  }

  function greet(run: Run, who: Known): Answer {
    auditLater(run, 'denied', { details: { reason: 'unknown person' } });
    return {
      reply: who.kind === 'guest' ? options.greetGuest(who.guest) : notInstalled(messagesOf(run)),
      repeated: false,
    };
  }

  type Attempt = (Answer & { kind: 'answered' }) | { kind: 'conflict' } | { kind: 'actor-changed' };

  async function perform(
    run: Run,
    who: Known,
    { action, args }: Resolved<Action<Db, Work>>,
  ): Promise<Attempt> {
    if (who.kind === 'guest') {
      const forGuests = action.access === 'guest' ? action : action.asGuest;
      if (!forGuests) return { kind: 'answered', ...greet(run, who) };
      return carryOut(run, forGuests, checked(forGuests.bind(args), run), (base) => ({
        ...base,
        guest: who.guest,
      }));
    }
    const { actor } = who;
    if (action.access === 'guest')
      throw new AppError('not_possible_now', { userMessage: ({ crew }) => crew.alreadyOnTeam });
    if (!mayUse(action, actor.roles)) throw await notAllowed(directory, { access: action.access, actor });
    return carryOut(run, action, checked(action.bind(args), run), (base) => ({
      ...base,
      actor,
      lastTask: () => people.lastTask(actor.sessionId),
    }));
  }

  type Base = Omit<ActionContext<Db, Work>, 'actor' | 'lastTask'>;

  async function carryOut<Context extends ActionContext<Db, Work> | GuestContext<Db, Work>>(
    run: Run,
    action: Action<Db, Work>,
    bound: Extract<Bound<Context>, { ok: true }>,
    complete: (base: Base) => Context,
  ): Promise<Attempt> {
    const note: AuditNote = {};
    const work = options.begin();
    let spokenOf: number | undefined;
    const ended: string[] = [];
    const base: Base = {
      invocation: run.invocation,
      root: rootOf(run.invocation),
      messages: messagesOf(run),
      db: options.db,
      work,
      now: clock(),
      newId,
      clock,
      audit: (more) => Object.assign(note, more),
      rememberTask: (number) => {
        spokenOf = number;
      },
      endSessions: (personId) => void ended.push(personId),
    };
    const reply = await bound.run(complete(base));
    // Not before: a number that is no task's, or is not theirs, is not what they speak of.
    if (spokenOf !== undefined) people.rememberTask(run.sessionId, spokenOf);
    // Opening a form is not yet doing what it is for.
    if (reply.kind === 'form') note.details = { ...note.details, ...formOpened(run) };
    if (!needsKey(action, run.invocation, reply, work)) {
      if (reply.kind !== 'options' || searches.begins(run)) auditLater(run, 'ok', note);
      return { kind: 'answered', reply, repeated: false };
    }
    const committed = await commit(run, work, reply, recordOf(run, 'ok', note));
    if (committed.kind === 'committed') {
      for (const personId of ended) options.endSessions(personId);
      return { kind: 'answered', reply, repeated: false };
    }
    if (committed.kind === 'repeated') return { kind: 'answered', reply: committed.reply, repeated: true };
    return committed;
  }

  async function commit(run: Run, work: Work, reply: Reply, audit: AuditRecord): Promise<Committed> {
    const actor = run.who.kind === 'member' ? { actor: run.who.actor } : {};
    const committed = await work.commit({
      key: keyOf(run),
      reply: keepable(run, reply),
      audit,
      at: run.started,
      ...actor,
    });
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
    const messages = messagesOf(run);
    const fields = request.type === 'form' ? error.fields(messages) : undefined;
    const root = rootOf(run.invocation);
    const said: Reply = fields
      ? { kind: 'fieldErrors', errors: fields }
      : errorReply(error, { reference, root, messages, ...(intent ? { intent } : {}) });
    const first = { reply: said, repeated: false };
    const { reply } = outcome === 'failed' ? first : await followUp(run, first, { refused: true });
    const note: AuditNote = { details: { ...wordsOf(run), code: error.code, reference } };
    const answer =
      outcome === 'failed' ? undefined : await settleRefusal(run, { reply, outcome, note, reference });
    if (answer) return { ...answer, outcome };
    auditLater(run, outcome, note);
    return { reply, repeated: false, outcome };
  }

  /**
   * A refusal is kept as the first answer only where a repeated delivery would bring it twice; a button that
   * was refused may be pressed again, and a form sent again. But where the same request has succeeded
   * meanwhile (its twin was faster), that is the answer. undefined: nothing was recorded.
   */
  async function settleRefusal(
    run: Run,
    {
      reply,
      outcome,
      note,
      reference,
    }: { reply: Reply; outcome: Outcome; note: AuditNote; reference: string },
  ): Promise<Answer | undefined> {
    try {
      const work = options.begin();
      if (!run.invocation.answeredSeparately || reply.kind === 'fieldErrors') {
        const first = await work.firstAnswer(keyOf(run));
        return first && { reply: first, repeated: true };
      }
      const committed = await commit(run, work, reply, recordOf(run, outcome, note));
      if (committed.kind === 'repeated') return { reply: committed.reply, repeated: true };
      return committed.kind === 'committed' ? { reply, repeated: false } : undefined;
    } catch (cause) {
      log.warn({ err: cause, reference }, 'a refused attempt could not be recorded at once');
      return undefined;
    }
  }

  function auditLater(run: Run, outcome: Outcome, note: AuditNote): void {
    options.auditLater(recordOf(run, outcome, note));
  }

  const recordOf = (run: Run, outcome: Outcome, note: AuditNote) =>
    auditRecord(run, { id: newId(), at: clock(), outcome, note });

  return Object.assign(dispatch, lookAhead(registry, clock), { languageOf: spoken.of });
}
