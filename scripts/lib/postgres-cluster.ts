import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ClearError, reasonOf } from './clear-error.ts';
import { shownPath } from './paths.ts';
import { type Account, type Launcher, launch } from './postgres-binaries.ts';

/** What we keep about a cluster, inside it: both are only true together. */
export interface ClusterNotes {
  password: string;
  port: number | undefined;
}

export const SUPERUSER = 'crewline';
const MAJOR_VERSION = '18';
const NOTES = 'crewline.json';

/** The folder with PostgreSQL's own files. */
export function clusterFolder(dataDir: string): string {
  return path.join(dataDir, 'cluster');
}

/** Makes the cluster if there is none yet, and says what is wrong with one that cannot be used. */
export async function prepareCluster(
  dataDir: string,
  launcher: Launcher,
  flags: string[],
): Promise<ClusterNotes> {
  const cluster = clusterFolder(dataDir);
  if (!existsSync(cluster) || readdirSync(cluster).length === 0) await initialise(dataDir, launcher, flags);
  const version = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => '');
  if (version.trim() === MAJOR_VERSION) return readNotes(dataDir);
  if (version.trim() === '') throw brokenCluster(dataDir, 'it is not a complete PostgreSQL data folder');
  throw brokenCluster(dataDir, `it was written by PostgreSQL ${version.trim()}, not ${MAJOR_VERSION}`);
}

export function brokenCluster(dataDir: string, why: string): ClearError {
  return new ClearError(
    `The embedded PostgreSQL cannot use ${shownPath(clusterFolder(dataDir))}: ${why}. Put a good copy back, or delete ${shownPath(dataDir)} to start with an empty database.`,
  );
}

export async function writeNotes(cluster: string, notes: ClusterNotes): Promise<void> {
  const file = path.join(cluster, NOTES);
  await writeFile(`${file}.new`, JSON.stringify(notes), { mode: 0o600 });
  await giveTo(`${file}.new`, await stat(cluster));
  await rename(`${file}.new`, file);
}

/** What root writes into a folder of someone else must stay readable to them. */
async function giveTo(file: string, owner: Account): Promise<void> {
  if (process.getuid?.() === 0) await chown(file, owner.uid, owner.gid);
}

export async function readNotes(dataDir: string): Promise<ClusterNotes> {
  try {
    const notes: unknown = JSON.parse(await readFile(path.join(clusterFolder(dataDir), NOTES), 'utf8'));
    if (typeof notes === 'object' && notes && 'password' in notes && typeof notes.password === 'string') {
      const port = 'port' in notes && typeof notes.port === 'number' ? notes.port : undefined;
      return { password: notes.password, port };
    }
  } catch {
    // Reported below, like a file with something else in it.
  }
  throw brokenCluster(dataDir, `its ${NOTES}, which holds the password, cannot be read`);
}

/** initdb works beside the final place, so that one which was interrupted is never taken for a cluster. */
async function initialise(dataDir: string, launcher: Launcher, flags: string[]): Promise<void> {
  const fresh = path.join(dataDir, 'cluster.new');
  const passwordFile = path.join(dataDir, 'password.new');
  const password = randomBytes(18).toString('base64url');
  try {
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { mode: 0o700 });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (launcher.account) {
      await giveTo(fresh, launcher.account);
      await giveTo(passwordFile, launcher.account);
    }
    await runInitdb(launcher, [`--pgdata=${fresh}`, `--pwfile=${passwordFile}`, ...flags]);
    await writeNotes(fresh, { password, port: undefined });
    await rm(clusterFolder(dataDir), { recursive: true, force: true });
    await rename(fresh, clusterFolder(dataDir));
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    throw new ClearError(
      `The embedded PostgreSQL could not be set up in ${shownPath(dataDir)}: ${reasonOf(error)}.`,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function runInitdb(launcher: Launcher, args: string[]): Promise<void> {
  const {
    command,
    args: all,
    options,
  } = launch(launcher, launcher.binaries.initdb, [
    `--username=${SUPERUSER}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Unicode rules that come with PostgreSQL itself: the same on every system, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...args,
  ]);
  return new Promise((resolve, reject) => {
    const child = spawn(command, all, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(lastComplaint(errors) || `initdb ended with code ${code}`));
    });
  });
}

/** The last line of PostgreSQL's output that says what went wrong, without its prefix. */
export function lastComplaint(output: string): string {
  const lines = output.split('\n').filter((line) => /\b(FATAL|PANIC|error):/.test(line));
  return (lines.at(-1) ?? '').replace(/^.*?\b(FATAL|PANIC|error):\s*/, '');
}
