import { readFileSync } from 'node:fs';
import { repositoryFile } from '../../scripts/lib/paths.ts';
import type { Language } from '../../src/core/messages.ts';
import type { Outgoing } from '../../src/teams/connector.ts';
import { byView } from './catalogue.ts';
import { onSlack, onTeams } from './draw.ts';
import { escapeHtml, jsonScript, lockScreen } from './html.ts';
import type { Sample } from './sample.ts';
import { slackHtml } from './slack-page.ts';
import { teamsHost } from './teams-host.ts';
import { hostile, typical, type World, worldOf } from './world.ts';

interface Card {
  content: unknown;
  language: Language;
}

/** Cards that the page draws when it is opened; their frames carry their numbers. */
type Cards = Card[];

const normal = [worldOf('en'), worldOf('es')];
const strange = [worldOf('en', hostile), worldOf('es', { ...typical.es, ...hostile })];

/** All samples on both platforms, in both languages, with typical and then with hostile words, as one page. */
export function galleryPage(): string {
  const cards: Cards = [];
  const groups = [group('', normal, cards), group('-hostile', strange, cards)];
  const links = [...byView().keys()].map((view) => `<a href="#${view}">${view}</a>`).join(' ');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Crewline: everything that it says</title>
<style>${asset('node_modules/slack-blocks-to-jsx/dist/style.css')}</style><style>${asset('tests/gallery/page.css')}</style></head>
<body><h1>Everything that Crewline says</h1><nav>${links}</nav>${groups.join('<h1>The same with hostile words</h1>')}
<script type="application/json" id="cards">${jsonScript({ host: teamsHost, cards })}</script>
<script>${asset('node_modules/adaptivecards/dist/adaptivecards.min.js')}</script>
<script>${asset('tests/gallery/in-page.mjs')}</script></body></html>`;
}

const asset = (file: string): string =>
  readFileSync(repositoryFile(file), 'utf8').replaceAll('</script', '<\\/script');

function group(suffix: string, worlds: readonly World[], cards: Cards): string {
  return [...byView()]
    .map(
      ([view, samples]) =>
        `<section id="${view}${suffix}"><h2>${view}</h2>${samples.map((sample) => caseHtml(sample, worlds, cards)).join('')}</section>`,
    )
    .join('');
}

function caseHtml(sample: Sample, worlds: readonly World[], cards: Cards): string {
  const phones = worlds.flatMap((world) => [
    phone('Slack', world, slackPhone(sample, world)),
    phone('Teams', world, teamsPhone(sample, world, cards)),
  ]);
  return `<h3>${escapeHtml(sample.name)}</h3><div class="phones">${phones.join('')}</div>`;
}

const phone = (platform: string, { language }: World, content: string): string =>
  `<figure class="phone ${platform.toLowerCase()}" lang="${language}"><figcaption>${platform} · ${language}</figcaption><div class="screen">${content}</div></figure>`;

function slackPhone(sample: Sample, world: World): string {
  const drawn = onSlack(sample, world);
  return drawn ? slackHtml(drawn) : '<p class="lock">nothing is sent</p>';
}

function teamsPhone(sample: Sample, world: World, cards: Cards): string {
  const drawn = onTeams(sample, world);
  return drawn ? teamsHtml(drawn, world, cards) : '<p class="lock">nothing is sent</p>';
}

function teamsHtml(
  { summary = '', text, attachments = [] }: Outgoing,
  { language }: World,
  cards: Cards,
): string {
  if (text !== undefined) return `${lockScreen(summary)}<p class="bubble" dir="auto">${escapeHtml(text)}</p>`;
  const frames = attachments.map(({ content }) => {
    cards.push({ content, language });
    return `<div class="card" data-card="${cards.length - 1}"></div>`;
  });
  return `${lockScreen(summary)}${frames.join('')}`;
}
