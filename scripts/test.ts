import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { dataFolder, repositoryFile } from './lib/paths.ts';
import { runScript } from './lib/run-script.ts';

interface JestResult {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numRuntimeErrorTestSuites: number;
}

await runScript(testAndCount, { environment: 'shell' });

async function testAndCount(): Promise<void> {
  const folder = path.join(dataFolder, 'test');
  const resultFile = path.join(folder, `result-${process.pid}.json`);
  await mkdir(folder, { recursive: true });
  try {
    process.exitCode = await runJest(['--json', `--outputFile=${resultFile}`, ...process.argv.slice(2)]);
    const result = await readResult(resultFile);
    if (result) console.log(summary(result));
    else if (process.exitCode === 0) process.exitCode = 1;
  } finally {
    await rm(resultFile, { force: true });
  }
}

function runJest(args: string[]): Promise<number> {
  const jest = repositoryFile('node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, jest, ...args], {
    cwd: repositoryFile(),
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Jest stops its servers first; this process ends when Jest has.
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

async function readResult(file: string): Promise<JestResult | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JestResult;
  } catch {
    return undefined;
  }
}

/** A file that cannot be loaded has no tests to count, and is a failure all the same. */
function summary(result: JestResult): string {
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const skipped = result.numPendingTests > 0 ? `, ${result.numPendingTests} skipped` : '';
  return `${result.numPassedTests} passed, ${failed} failed${skipped}`;
}
