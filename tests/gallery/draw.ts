import type { types } from '@slack/bolt';
import { inLanguage } from '../../src/core/spoken.ts';
import type { ImageNode, View } from '../../src/core/view.ts';
import { renderForm as renderSlackForm } from '../../src/slack/forms.ts';
import { type RenderedMessage, renderView } from '../../src/slack/render.ts';
import { renderHome } from '../../src/slack/render-home.ts';
import type { Outgoing } from '../../src/teams/connector.ts';
import { renderForm as renderTeamsForm } from '../../src/teams/forms.ts';
import { renderMessage } from '../../src/teams/render.ts';
import { onePixel } from '../support/attachments.ts';
import { type Sample, shownOf } from './sample.ts';
import type { World } from './world.ts';

export const platforms = ['slack', 'teams'] as const;
export type Platform = (typeof platforms)[number];

export type OnSlack = RenderedMessage | types.ModalView | types.HomeView;

/** Where a form of the samples was asked for. */
const origin = { place: { kind: 'channel' as const, channelId: 'C0DOCK' } };

/** A sample as Slack gets it; undefined where there is nothing to send. */
export function onSlack(sample: Sample, world: World): OnSlack | undefined {
  const shown = shownIn(sample, world);
  if (!shown) return undefined;
  if ('form' in shown) return renderSlackForm(shown.form, origin);
  return sample.home ? renderHome(shown.view, { tab: 'mine' }) : renderView(shown.view);
}

/** Gives a picture's bytes in base64. */
export type PngOf = (image: ImageNode) => string;

/** In goldens the bytes do not matter. */
const blank: PngOf = () => onePixel.toString('base64');

/** A sample as Teams gets it; undefined where there is nothing to send. */
export function onTeams(sample: Sample, world: World, pngOf: PngOf = blank): Outgoing | undefined {
  const shown = shownIn(sample, world);
  if (!shown) return undefined;
  return 'form' in shown ? renderTeamsForm(shown.form) : renderMessage(illustrated(shown.view, pngOf), 'n');
}

/** As the adapter does before it sends. */
const illustrated = (view: View, pngOf: PngOf): View => ({
  ...view,
  nodes: view.nodes.map((node) => (node.type === 'image' ? { ...node, png: pngOf(node) } : node)),
});

/** The pictures of a sample. */
export function imagesOf(sample: Sample, world: World): ImageNode[] {
  const shown = shownOf(sample.make(world));
  return shown && 'view' in shown ? shown.view.nodes.filter((node) => node.type === 'image') : [];
}

/** As it leaves for its platform: in the language of the world. */
function shownIn(sample: Sample, world: World): ReturnType<typeof shownOf> {
  const shown = shownOf(sample.make(world));
  if (!shown) return undefined;
  return 'form' in shown
    ? { form: inLanguage(shown.form, world.language) }
    : { view: inLanguage(shown.view, world.language) };
}

export const draw = (platform: Platform, sample: Sample, world: World): OnSlack | Outgoing | undefined =>
  platform === 'slack' ? onSlack(sample, world) : onTeams(sample, world);
