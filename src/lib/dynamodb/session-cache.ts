import type { Session } from '../../core/ports.ts';

/** Sessions in the process's memory: the least recently used goes first when it is full. Times are ms since 1970. */
export interface SessionCache {
  get(sessionId: string, now: number): Session | undefined;
  set(session: Session, now: number): void;
  /** Replaces what is held, if anything is, without making it last longer. */
  change(sessionId: string, change: (session: Session) => Session): void;
  delete(sessionId: string): void;
  deletePerson(personId: string): void;
  idsOf(personId: string): string[];
}

interface Entry {
  session: Session;
  until: number;
}

export function createSessionCache(limits: { ms: number; size: number }): SessionCache {
  // A Map keeps the order of insertion: its first key is the least recently used one.
  const entries = new Map<string, Entry>();

  function idsOf(personId: string): string[] {
    const ids: string[] = [];
    for (const [id, { session }] of entries) if (session.personId === personId) ids.push(id);
    return ids;
  }

  return {
    get(sessionId, now) {
      const entry = entries.get(sessionId);
      if (!entry) return undefined;
      entries.delete(sessionId);
      if (entry.until <= now) return undefined;
      entries.set(sessionId, entry);
      return entry.session;
    },
    set(session, now) {
      entries.delete(session.sessionId);
      entries.set(session.sessionId, { session, until: Math.min(now + limits.ms, session.expiresAt) });
      const oldest = entries.keys().next();
      if (entries.size > limits.size && !oldest.done) entries.delete(oldest.value);
    },
    change(sessionId, change) {
      const entry = entries.get(sessionId);
      if (entry) entries.set(sessionId, { ...entry, session: change(entry.session) });
    },
    delete: (sessionId) => void entries.delete(sessionId),
    deletePerson: (personId) => {
      for (const id of idsOf(personId)) entries.delete(id);
    },
    idsOf,
  };
}
