import type { Guest, Invocation } from './action.ts';
import type { Log, Session, Sessions } from './ports.ts';
import type { Run, Who } from './run.ts';

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

/** Who asks, by their session or by the directory, and what their session remembers. */
export function createPeople({
  sessions,
  directory,
  log,
}: {
  sessions: Sessions;
  directory: Directory;
  log: Log;
}) {
  /** `fresh`: the session was found to be out of date. */
  async function recognise({ invocation, sessionId }: Run, fresh: boolean): Promise<Who> {
    const session = fresh ? undefined : await storedSession(sessionId);
    const moved = invocation.directAddress && session?.directAddress !== invocation.directAddress;
    if (session && !moved) return { kind: 'member', actor: session };
    const identity = await directory.identify(invocation, sessionId);
    if (identity.kind !== 'member') return identity;
    const known = remembering(identity.session, session);
    // Not waited for: the process holds it already, and the answer must not wait for DynamoDB.
    sessions.put(known).catch((error: unknown) => log.warn({ err: error }, 'session not stored'));
    return { kind: 'member', actor: known };
  }

  function storedSession(sessionId: string): Promise<Session | undefined> {
    return sessions.get(sessionId).catch((error: unknown) => {
      log.warn({ err: error }, 'sessions can’t be read: asking PostgreSQL');
      return undefined;
    });
  }

  async function lastTask(sessionId: string): Promise<number | undefined> {
    const session = await sessions
      .get(sessionId, { fresh: true })
      .catch(() => sessions.get(sessionId).catch(() => undefined));
    return session?.lastTask;
  }

  function rememberTask(sessionId: string, number: number): void {
    sessions.rememberTask(sessionId, number).catch((error: unknown) => {
      log.debug({ err: error }, 'the session’s task was not stored');
    });
  }

  return { recognise, lastTask, rememberTask };
}

/** Somebody who writes from another conversation goes on where they were. */
function remembering(session: Session, former: Session | undefined): Session {
  const lastTask = former?.personId === session.personId ? former.lastTask : undefined;
  return lastTask === undefined ? session : { ...session, lastTask };
}
