import { z } from 'zod';
import type { Place } from '../core/action.ts';
import type { Intent } from '../core/view.ts';
import { intentSchema, parseJson } from './intent.ts';
import { limits } from './limits.ts';
import type { HomeState } from './render-home.ts';

/** Where a form was asked for, so that its answer goes there. */
export interface FormOrigin {
  place: Place;
  /** The command's or button's: valid for 30 minutes, and works in channels where the bot is no member. */
  responseUrl?: string | undefined;
  /** What App Home shows, where it was asked for there */
  home?: HomeState | undefined;
}

export interface FormMetadata extends FormOrigin {
  intent: Intent;
  nonce: string;
  /** What finds options for a field while somebody types, by field */
  searches?: Record<string, Intent> | undefined;
}

const placeSchema = z.object({
  kind: z.enum(['direct', 'group', 'channel']),
  channelId: z.string(),
  channelName: z.string().exactOptional(),
  threadId: z.string().exactOptional(),
  messageId: z.string().exactOptional(),
  ephemeral: z.boolean().exactOptional(),
});

const metadataSchema = z.object({
  intent: intentSchema,
  nonce: z.string().min(1),
  place: placeSchema,
  responseUrl: z.url().exactOptional(),
  home: z.record(z.string(), z.string()).exactOptional(),
  searches: z.record(z.string(), intentSchema).exactOptional(),
});

/** private_metadata of a modal. Throws RangeError above Slack's 3,000 characters: long texts belong into fields. */
export function encodeMetadata(metadata: FormMetadata): string {
  const encoded = JSON.stringify(metadata);
  if (encoded.length <= limits.privateMetadata) return encoded;
  const { responseUrl: _left, ...least } = metadata;
  const shorter = JSON.stringify(least);
  if (shorter.length <= limits.privateMetadata) return shorter;
  throw new RangeError(
    `A form's intent takes ${shorter.length} characters; Slack keeps ${limits.privateMetadata}`,
  );
}

/** Undefined for a modal that Crewline didn't write, or an older version did. */
export function decodeMetadata(value: string): FormMetadata | undefined {
  const parsed = metadataSchema.safeParse(parseJson(value));
  return parsed.success ? parsed.data : undefined;
}
