import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { dataFolder, repositoryFile } from '../../scripts/lib/paths.ts';

/** Screenshots stand here after a run. */
export const artifactsFolder = repositoryFile('artifacts');

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** It speaks to this machine alone, and keeps nothing outside its own folder. */
const flags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Why there is no browser here; undefined where there is one. */
export function browserMissing(): string | undefined {
  if (existsSync(executablePath)) return undefined;
  return `there is no browser at ${executablePath}; CHROMIUM_PATH names another place.`;
}

export interface Browser {
  context: BrowserContext;
  close(): Promise<void>;
}

/** A Chromium with an empty profile of its own, which is gone afterwards. */
export async function openBrowser(
  viewport: { width: number; height: number },
  options: { timeZone?: string } = {},
): Promise<Browser> {
  const profile = path.join(dataFolder, 'test', `browser-${randomUUID()}`);
  await Promise.all([profile, artifactsFolder].map((folder) => mkdir(folder, { recursive: true })));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: flags,
    viewport,
    ...(options.timeZone ? { timezoneId: options.timeZone } : {}),
    env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
  });
  return {
    context,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
