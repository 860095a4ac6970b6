// Runs before `npm start` and `npm test`, on whatever Node the machine has and before there are any dependencies:
// so plain JavaScript, and nothing but Node's own modules.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const inModules = (...parts) => path.join(root, 'node_modules', ...parts);
const stampFile = inModules('.crewline-setup');

class SetupError extends Error {}

try {
  checkNode();
  installDependencies();
  checkRuntime();
  generateClient();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(error instanceof SetupError ? reason : `Set-up failed: ${reason}`);
  process.exitCode = 1;
}

function checkNode() {
  if (Number.parseInt(process.versions.node, 10) >= OLDEST_NODE) return;
  throw new SetupError(
    `Crewline needs Node ${OLDEST_NODE} or newer, and this is Node ${process.versions.node}: install a newer one from https://nodejs.org.`,
  );
}

function installDependencies() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (readOrEmpty(stampFile) === wanted) return;
  if (!matchesLock(JSON.parse(lock.toString()))) {
    const first = !existsSync(inModules());
    console.log(
      first ? 'Installing the dependencies (a minute or two, once) …' : 'Updating the dependencies …',
    );
    // Development packages too: they are what tests and the local chat run on, also where NODE_ENV is "production".
    const { status, stderr } = npm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']);
    if (status !== 0) {
      throw new SetupError(
        `${complaint(stderr)}The dependencies could not be installed. Is the package registry reachable?`,
      );
    }
  }
  writeFileSync(stampFile, wanted);
}

/** Whether what npm last wrote down as installed is what the lock file asks for; optional packages may be missing. */
function matchesLock(lock) {
  const text = readOrEmpty(inModules('.package-lock.json'));
  if (!text) return false;
  const installed = JSON.parse(text).packages;
  return Object.entries(lock.packages).every(([where, wanted]) => {
    if (where === '' || wanted.link) return true;
    const present = installed[where];
    return present ? present.version === wanted.version : Boolean(wanted.optional || wanted.devOptional);
  });
}

/** The product runs on the Node of the lock file; its package fetches the binary in an install script. */
function checkRuntime() {
  const wanted = JSON.parse(readFileSync(inModules('node', 'package.json'), 'utf8')).version;
  if (runtimeVersion() === `v${wanted}`) return;
  console.log(`Fetching Node ${wanted} …`);
  npm(['rebuild', 'node']);
  if (runtimeVersion() === `v${wanted}`) return;
  throw new SetupError(
    `Node ${wanted}, which Crewline runs on, did not get into node_modules. If npm is told to run no install scripts, run "npm rebuild --ignore-scripts=false" once; else delete node_modules and start again.`,
  );
}

function runtime() {
  return inModules('node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function runtimeVersion() {
  if (!existsSync(runtime())) return '';
  if (process.version === `v${process.versions.node}` && process.execPath === runtime())
    return process.version;
  return (spawnSync(runtime(), ['--version'], { encoding: 'utf8' }).stdout ?? '').trim();
}

function generateClient() {
  const schema = path.join(root, 'prisma', 'schema.prisma');
  const wanted = createHash('sha256').update(readFileSync(schema)).digest('hex');
  if (readOrEmpty(path.join(root, 'src', 'generated', 'prisma', 'schema.sha256')) === wanted) return;
  console.log('Generating the database client …');
  const script = path.join(root, 'scripts', 'generate.ts');
  const { status, stdout, stderr } = spawnSync(runtime(), [script], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new SetupError(`${stdout}${stderr}`.trim());
}

function npm(args) {
  const cli = process.env.npm_execpath ?? '';
  const known = /npm-cli\.c?js$/.test(cli);
  // The Node that runs the outer npm: the one in node_modules is about to be replaced.
  const command = known ? (process.env.npm_node_execpath ?? process.execPath) : 'npm';
  return spawnSync(command, known ? [cli, ...args] : args, {
    cwd: root,
    env: npmEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    shell: !known && process.platform === 'win32',
  });
}

/** The first of npm's own words on a failure, without its usage and the places in its code. */
function complaint(output) {
  const lines = (output ?? '').split('\n').filter((line) => /^npm error (?!\s+at )(?!.*[{}]$).+/.test(line));
  return lines
    .slice(0, 6)
    .map((line) => `${line}\n`)
    .join('');
}

/** An npm inside of an npm inherits what was meant for the outer one only. */
function npmEnvironment() {
  const own =
    /^npm_(package|lifecycle|command).*|^npm_config_(prefix|local_prefix|global|global_prefix|location|omit|only|production|dry_run|json|package_lock_only)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
