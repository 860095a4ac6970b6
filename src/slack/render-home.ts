import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { View } from '../core/view.ts';
import { parseJson } from './intent.ts';
import { renderView } from './render.ts';

/** What of a person's page is open: the arguments that bring it again. */
export type HomeState = Record<string, string>;

const stateSchema = z.record(z.string(), z.string());

/** What a published page says of itself; the first page for one of an older version. */
export function homeState(privateMetadata: string | undefined): HomeState {
  const parsed = stateSchema.safeParse(parseJson(privateMetadata));
  return parsed.success ? parsed.data : {};
}

/**
 * A view as App Home. It takes 100 blocks, twice as many as a message: what fits into a message fits here.
 * Source: docs.slack.dev/reference/views/home-tab-views.
 */
export function renderHome(view: View, state: HomeState): types.HomeView {
  return { type: 'home', blocks: renderView(view).blocks, private_metadata: JSON.stringify(state) };
}
