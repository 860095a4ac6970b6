import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repositoryFile } from '../../scripts/lib/paths.ts';
import type { Language } from '../../src/core/messages.ts';
import { byView } from './catalogue.ts';
import { draw, type Platform, platforms } from './draw.ts';
import type { Sample } from './sample.ts';
import { worldOf } from './world.ts';

const folder = repositoryFile('tests', 'golden');

/** A file of goldens: all cases of a view, as one platform gets them in one language. */
export interface Golden {
  file: string;
  platform: Platform;
  language: Language;
  view: string;
  /** As they are drawn now, by case */
  drawn: Record<string, unknown>;
}

/** Views that are kept in Spanish too: one of each make. */
const inSpanish = new Set([
  'task-card',
  'task-list',
  'new-task-form',
  'notification-assigned',
  'error-reply',
]);

/** What the files should hold. */
export function goldens(): Golden[] {
  return [...byView()].flatMap(([view, samples]) =>
    platforms.flatMap((platform) => [
      golden({ view, samples, platform, language: 'en' }),
      ...(inSpanish.has(view) ? [golden({ view, samples, platform, language: 'es' })] : []),
    ]),
  );
}

function golden({
  view,
  samples,
  platform,
  language,
}: {
  view: string;
  samples: readonly Sample[];
  platform: Platform;
  language: Language;
}): Golden {
  const world = worldOf(language);
  const drawn = Object.fromEntries(
    samples.map((sample) => [sample.name, asJson(draw(platform, sample, world) ?? null)]),
  );
  const place = language === 'en' ? [platform] : [platform, language];
  return { file: path.join(folder, ...place, `${view}.json`), platform, language, view, drawn };
}

/** As it goes over the wire. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What a file holds; undefined where there is none yet. */
export function readGolden({ file }: Pick<Golden, 'file'>): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Files that no view has any more. */
export function leftovers(known: readonly Golden[] = goldens()): string[] {
  const wanted = new Set(known.map(({ file }) => file));
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !wanted.has(file));
}

/** Takes what is drawn now as what should be. Gives the files that changed. */
export async function updateGoldens(): Promise<string[]> {
  const all = goldens();
  const gone = leftovers(all);
  const changed = all.filter((one) => JSON.stringify(readGolden(one)) !== JSON.stringify(one.drawn));
  await Promise.all(gone.map((file) => rm(file)));
  for (const { file, drawn } of changed) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${legible(drawn)}\n`);
  }
  return [...gone, ...changed.map(({ file }) => file)];
}

const LINE = 110;

/** JSON with what is short on one line: a block or a button reads as one thing, and so do its changes. */
function legible(value: unknown, indent = ''): string {
  const short = JSON.stringify(value);
  if (short.length + indent.length <= LINE || typeof value !== 'object' || value === null) return short;
  const deeper = `${indent} `;
  const parts = Array.isArray(value)
    ? value.map((item) => legible(item, deeper))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${legible(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.map((part) => `${deeper}${part}`).join(',\n')}\n${indent}${close}`;
}
