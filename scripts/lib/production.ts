import { databaseName, parseConnectionString } from './postgres-client.ts';

const LOOPBACK = new Set(['', 'localhost', '127.0.0.1', '[::1]', '::1']);
const PRODUCTION_WORD = /(^|[^a-z])(prod|production|live)([^a-z]|$)/i;

/** Why a database may be one that people depend on, or `undefined` when nothing speaks for it. */
export function productionSign(connectionString: string): string | undefined {
  const url = parseConnectionString(connectionString);
  const host = url.searchParams.get('host') ?? url.hostname;
  const local = LOOPBACK.has(host) || host.startsWith('/');
  if (!local) return `its host ${host} is not this machine`;
  const name = databaseName(connectionString);
  if (PRODUCTION_WORD.test(name)) return `its name "${name}" speaks of production`;
  const user = decodeURIComponent(url.username);
  if (PRODUCTION_WORD.test(user)) return `its user "${user}" speaks of production`;
  return undefined;
}
