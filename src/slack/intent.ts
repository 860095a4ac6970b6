import { z } from 'zod';
import type { Intent } from '../core/view.ts';

export const intentSchema = z.object({ action: z.string().min(1), args: z.record(z.string(), z.string()) });

/** What a button's value holds. Nothing in it is trusted: dispatch parses and authorises it again. */
export const encodeIntent = (intent: Intent): string =>
  JSON.stringify({ action: intent.action, args: intent.args });

/** The intent of a button's value; undefined for one that Crewline didn't write, or an older version did. */
export function decodeIntent(value: string | undefined): Intent | undefined {
  const parsed = intentSchema.safeParse(parseJson(value));
  return parsed.success ? parsed.data : undefined;
}

/** Parsed JSON, or undefined for what isn't JSON. */
export function parseJson(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? '');
  } catch {
    return undefined;
  }
}
