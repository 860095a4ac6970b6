import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../core/errors.ts';
import { sql } from '../lib/sql.ts';
import type { Database, Scope, Work } from './scope.ts';
import type { PersonName } from './task-record.ts';

/** Without those that are mistaken for one another. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
/** The first characters find the code, the others prove it. */
const SELECTOR_LENGTH = 4;
const SECRET_LENGTH = 6;
export const CODE_MINUTES = 10;
const MOST_ATTEMPTS = 5;
/** Spent ones are kept so long, in ms. */
const KEPT_MS = 24 * 60 * 60 * 1_000;

/** Whose a code is. */
export interface CodeOwner extends PersonName {
  email: string | null;
  createdAt: Date;
  accounts: { workspaceId: string; platform: 'slack' | 'teams' }[];
}

export interface GoodCode {
  selector: string;
  owner: CodeOwner;
}

type Place = { db: Database; work: Work; now: Date };

/**
 * A new code of the actor's; earlier ones are void. Throws AppError `not_possible_now` when there is nothing
 * left to connect with.
 */
export async function askForCode(scope: Scope): Promise<{ code: string; elsewhere: ('slack' | 'teams')[] }> {
  const { actor, db, work, now } = scope;
  const others = await db.prisma.workspace.findMany({
    where: {
      organizationId: actor.organizationId,
      uninstalledAt: null,
      chatAccounts: { none: { personId: actor.personId } },
    },
    select: { platform: true },
  });
  const elsewhere = [...new Set(others.map(({ platform }) => platform))];
  if (elsewhere.length === 0) {
    throw new AppError('not_possible_now', { userMessage: ({ connect }) => connect.nowhereElse });
  }
  const selector = randomWord(SELECTOR_LENGTH);
  const secret = randomWord(SECRET_LENGTH);
  const salt = randomBytes(16).toString('base64url');
  const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000);
  work.write(sql`DELETE FROM connect_codes
    WHERE person_id = ${actor.personId} OR expires_at < ${new Date(now.getTime() - KEPT_MS)}::timestamptz`);
  work.write(sql`INSERT INTO connect_codes (selector, person_id, organization_id, hash, salt, expires_at, created_at)
    VALUES (${selector}, ${actor.personId}, ${actor.organizationId}, ${await hashOf(secret, salt)}, ${salt}, ${expiresAt}, ${now})`);
  scope.audit({ target: `person:${actor.personId}`, details: { asked: 'a code' } });
  return { code: shown(selector + secret), elsewhere };
}

const randomWord = (length: number): string =>
  Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');

const shown = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

/** As it was typed, in whatever case and with whatever between. Undefined for what is no code. */
function readCode(typed: string): { selector: string; secret: string } | undefined {
  const code = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (code.length !== SELECTOR_LENGTH + SECRET_LENGTH) return undefined;
  return { selector: code.slice(0, SELECTOR_LENGTH), secret: code.slice(SELECTOR_LENGTH) };
}

const hashOf = (secret: string, salt: string): Promise<string> =>
  new Promise((resolve, reject) => {
    scrypt(secret, salt, 32, (error, key) => (error ? reject(error) : resolve(key.toString('base64url'))));
  });

/**
 * Whose code that is; undefined for one that is wrong, spent or too old, which is all that is said. A wrong one counts:
 * after five the code is void. Throws AppError `invalid_arguments` for what is no code at all.
 */
export async function checkCode(
  { db, work, now }: Place,
  { organizationId, typed }: { organizationId: string; typed: string },
): Promise<GoodCode | undefined> {
  const read = readCode(typed);
  if (!read) throw new AppError('invalid_arguments', { userMessage: ({ connect }) => connect.noCode });
  const { selector, secret } = read;
  const found = await db.prisma.connectCode.findUnique({
    where: { selector },
    include: {
      person: {
        include: {
          chatAccounts: { select: { workspaceId: true, workspace: { select: { platform: true } } } },
        },
      },
    },
  });
  const isAlive =
    found?.organizationId === organizationId &&
    found.usedAt === null &&
    found.attempts < MOST_ATTEMPTS &&
    found.expiresAt > now &&
    found.person.deactivatedAt === null;
  if (!found || !isAlive) return undefined;
  if (!same(await hashOf(secret, found.salt), found.hash)) {
    work.write(
      sql`UPDATE connect_codes SET attempts = attempts + 1
        WHERE selector = ${selector} AND attempts = ${found.attempts}::int`,
      { rows: 1 },
    );
    return undefined;
  }
  const { id, name, email, createdAt, chatAccounts } = found.person;
  const accounts = chatAccounts.map(({ workspaceId, workspace }) => ({
    workspaceId,
    platform: workspace.platform,
  }));
  return { selector, owner: { id, name, email, createdAt, accounts } };
}

const same = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Part of the commit that a code is for: it works once, also when two type it at one moment. */
export function spendCode({ work, now }: Omit<Place, 'db'>, { selector }: GoodCode): void {
  work.write(
    sql`UPDATE connect_codes SET used_at = ${now}::timestamptz
      WHERE selector = ${selector} AND used_at IS NULL AND attempts < ${MOST_ATTEMPTS}::int AND expires_at > ${now}::timestamptz`,
    { rows: 1 },
  );
}
