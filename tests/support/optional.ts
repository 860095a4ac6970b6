import { createRequire } from 'node:module';
import { describe } from '@jest/globals';

/** A block of tests that needs something which is not everywhere: without it they are skipped, and it is said why. */
export function describeUnless(missing: string | undefined): typeof describe | typeof describe.skip {
  if (missing === undefined) return describe;
  console.warn(`Skipped: ${missing}`);
  return describe.skip;
}

/** Why there is no local Slack here; undefined where there is one. */
export function localSlackMissing(): string | undefined {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `local-slack-${system}-${process.arch}`;
  return isInstalled(name) ? undefined : `the local Slack (${name}) is not installed for this system.`;
}

/** Why there is no Teams playground here; undefined where there is one. */
export function teamsPlaygroundMissing(): string | undefined {
  const name = '@microsoft/m365agentsplayground';
  return isInstalled(name) ? undefined : `the Teams playground (${name}) is not installed.`;
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}
