import { readFileSync } from 'node:fs';
import { repositoryFile } from '../../scripts/lib/paths.ts';
import type { Language } from '../../src/core/messages.ts';
import { createPainter } from '../../src/lib/painter.ts';
import { createPictures } from '../../src/pictures.ts';
import type { Outgoing } from '../../src/teams/connector.ts';
import { byView, catalogue } from './catalogue.ts';
import { imagesOf, onSlack, onTeams, type PngOf } from './draw.ts';
import { escapeHtml, jsonScript, lockScreen } from './html.ts';
import type { Sample } from './sample.ts';
import { slackHtml } from './slack-page.ts';
import { teamsHost } from './teams-host.ts';
import { hostile, typical, type World, worldOf } from './world.ts';

/** What the page is made with. */
interface Making {
  /** Cards that the page draws when it is opened; their frames carry their numbers. */
  cards: { content: unknown; language: Language }[];
  pngOf: PngOf;
}

const normal = [worldOf('en'), worldOf('es')];
const strange = [worldOf('en', hostile), worldOf('es', { ...typical.es, ...hostile })];

/** All samples on both platforms, in both languages, with typical and then with hostile words, as one page. */
export async function galleryPage(): Promise<string> {
  const making: Making = { cards: [], pngOf: await drawPictures([...normal, ...strange]) };
  const groups = [group('', normal, making), group('-hostile', strange, making)];
  const links = [...byView().keys()].map((view) => `<a href="#${view}">${view}</a>`).join(' ');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Crewline: everything that it says</title>
<style>${asset('node_modules/slack-blocks-to-jsx/dist/style.css')}</style><style>${asset('tests/gallery/page.css')}</style></head>
<body><h1>Everything that Crewline says</h1><nav>${links}</nav>${groups.join('<h1>The same with hostile words</h1>')}
<script type="application/json" id="cards">${jsonScript({ host: teamsHost, cards: making.cards })}</script>
<script>${asset('node_modules/adaptivecards/dist/adaptivecards.min.js')}</script>
<script>${asset('tests/gallery/in-page.mjs')}</script></body></html>`;
}

const asset = (file: string): string =>
  readFileSync(repositoryFile(file), 'utf8').replaceAll('</script', '<\\/script');

function group(suffix: string, worlds: readonly World[], making: Making): string {
  return [...byView()]
    .map(
      ([view, samples]) =>
        `<section id="${view}${suffix}"><h2>${view}</h2>${samples.map((sample) => caseHtml(sample, worlds, making)).join('')}</section>`,
    )
    .join('');
}

function caseHtml(sample: Sample, worlds: readonly World[], making: Making): string {
  const phones = worlds.flatMap((world) => [
    phone('Slack', { sample, world }, slackPhone(sample, world, making)),
    phone('Teams', { sample, world }, teamsPhone(sample, world, making)),
  ]);
  return `<h3>${escapeHtml(sample.name)}</h3><div class="phones">${phones.join('')}</div>`;
}

function phone(
  platform: 'Slack' | 'Teams',
  { sample, world: { language } }: { sample: Sample; world: World },
  content: string,
): string {
  const shows = escapeHtml(`${sample.view}: ${sample.name}, ${platform} ${language}`);
  return `<figure class="phone ${platform.toLowerCase()}" lang="${language}" data-shows="${shows}"><figcaption>${platform} · ${language}</figcaption><div class="screen">${content}</div></figure>`;
}

function slackPhone(sample: Sample, world: World, { pngOf }: Making): string {
  const drawn = onSlack(sample, world);
  // Slack's pictures follow as files.
  const files = imagesOf(sample, world).map(
    (image) => `<img class="file" src="data:image/png;base64,${pngOf(image)}" alt="">`,
  );
  return drawn ? `${slackHtml(drawn)}${files.join('')}` : '<p class="lock">nothing is sent</p>';
}

function teamsPhone(sample: Sample, world: World, making: Making): string {
  const drawn = onTeams(sample, world, making.pngOf);
  return drawn ? teamsHtml(drawn, world, making) : '<p class="lock">nothing is sent</p>';
}

function teamsHtml(
  { summary = '', text, attachments = [] }: Outgoing,
  { language }: World,
  { cards }: Making,
): string {
  if (text !== undefined) return `${lockScreen(summary)}<p class="bubble" dir="auto">${escapeHtml(text)}</p>`;
  const frames = attachments.map(({ content }) => {
    cards.push({ content, language });
    return `<div class="card" data-card="${cards.length - 1}"></div>`;
  });
  return `${lockScreen(summary)}${frames.join('')}`;
}

/** Draws the pictures of all samples as the product does, so that they are at hand. */
async function drawPictures(worlds: readonly World[]): Promise<PngOf> {
  const painter = createPainter();
  const pictures = createPictures(painter);
  const drawn = new Map<string, string>();
  for (const { drawing } of worlds.flatMap((world) =>
    catalogue.flatMap((sample) => imagesOf(sample, world)),
  )) {
    const png = await pictures.draw(drawing, { width: 720 });
    drawn.set(JSON.stringify(drawing), Buffer.from(png).toString('base64'));
  }
  await painter.close();
  return ({ drawing }) => drawn.get(JSON.stringify(drawing)) ?? '';
}
