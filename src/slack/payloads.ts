import { z } from 'zod';

/**
 * The parts of Slack's payloads that Crewline reads. Sources: docs.slack.dev/interactivity and /apis/events-api.
 * Everything here was signed by Slack; the checks are for what Slack changes, and for buttons of older versions.
 */

/** A payload without what Crewline needs of it: answered with 400. */
export class MalformedPayload extends Error {
  constructor(what: string, cause?: unknown) {
    super(`Malformed payload: ${what}`, { cause });
    this.name = 'MalformedPayload';
  }
}

/** Throws MalformedPayload. */
export function readPayload<T>(schema: z.ZodType<T>, payload: unknown, what: string): T {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new MalformedPayload(what, parsed.error);
}

const id = z.string().min(1);

export const commandSchema = z.object({
  command: id,
  text: z.string().optional(),
  team_id: id,
  channel_id: id,
  channel_name: z.string().optional(),
  user_id: id,
  user_name: z.string().optional(),
  trigger_id: id,
  response_url: z.url().optional(),
});
export type CommandPayload = z.infer<typeof commandSchema>;

const teamSchema = z.object({ id }).nullish();
const userSchema = z.object({
  id,
  name: z.string().optional(),
  username: z.string().optional(),
  team_id: z.string().optional(),
});

export const actionSchema = z.object({
  team: teamSchema,
  user: userSchema,
  trigger_id: id,
  response_url: z.url().optional(),
  /** Absent in App Home and modals; a local Slack leaves its id empty there. */
  channel: z
    .object({ id: z.string(), name: z.string().optional() })
    .optional()
    .transform((channel) => (channel?.id ? channel : undefined)),
  message: z.object({ thread_ts: z.string().optional() }).optional(),
  container: z
    .object({
      message_ts: z.string().optional(),
      thread_ts: z.string().optional(),
      is_ephemeral: z.boolean().optional(),
    })
    .optional(),
  /** App Home, where the button stands in it */
  view: z.object({ private_metadata: z.string().optional() }).optional(),
  actions: z.array(z.object({ type: z.string(), value: z.string().optional() })).min(1),
});
export type ActionPayload = z.infer<typeof actionSchema>;

/** A global shortcut, or one on a message, which then comes with it. */
export const shortcutSchema = z.object({
  team: teamSchema,
  user: userSchema,
  callback_id: id,
  trigger_id: id,
  response_url: z.url().optional(),
  channel: z.object({ id, name: z.string().optional() }).optional(),
  message: z.object({ ts: id, text: z.string().optional() }).optional(),
});
export type ShortcutPayload = z.infer<typeof shortcutSchema>;

const optionSchema = z.object({ value: z.string() });
const inputSchema = z.object({
  value: z.string().nullish(),
  selected_option: optionSchema.nullish(),
  selected_options: z.array(optionSchema).optional(),
});
const stateSchema = z.record(z.string(), z.record(z.string(), inputSchema));
export type ViewState = z.infer<typeof stateSchema>;

export const submissionSchema = z.object({
  team: teamSchema,
  user: userSchema,
  view: z.object({
    id,
    private_metadata: z.string(),
    title: z.object({ text: z.string() }).optional(),
    state: z.object({ values: stateSchema }),
    app_installed_team_id: z.string().optional(),
  }),
});
export type SubmissionPayload = z.infer<typeof submissionSchema>;

/** Words typed into a select that Slack asks the options of. */
export const suggestionSchema = z.object({
  team: teamSchema,
  user: userSchema,
  block_id: id,
  value: z.string(),
  view: z.object({ private_metadata: z.string(), app_installed_team_id: z.string().optional() }).optional(),
});
export type SuggestionPayload = z.infer<typeof suggestionSchema>;

const messageSchema = z.object({
  user: z.string().optional(),
  text: z.string().optional(),
  ts: z.string().optional(),
  thread_ts: z.string().optional(),
  bot_id: z.string().nullish(),
});

export const eventSchema = z.object({
  event_id: id,
  team_id: id,
  authorizations: z
    .array(
      z.object({
        team_id: z.string().nullish(),
        user_id: z.string().nullish(),
        is_bot: z.boolean().optional(),
      }),
    )
    .optional(),
  event: z.object({
    type: id,
    user: z.string().optional(),
    text: z.string().optional(),
    channel: z.string().optional(),
    channel_type: z.string().optional(),
    ts: z.string().optional(),
    thread_ts: z.string().optional(),
    subtype: z.string().optional(),
    bot_id: z.string().nullish(),
    edited: z.unknown().optional(),
    /** Of message_changed and message_deleted */
    message: messageSchema.optional(),
    previous_message: messageSchema.optional(),
    /** Of reaction_added */
    reaction: z.string().optional(),
    item: z
      .object({ type: z.string(), channel: z.string().optional(), ts: z.string().optional() })
      .optional(),
    /** Of member_joined_channel: who added them */
    inviter: z.string().optional(),
    /** Of app_home_opened: which tab, and what it shows already */
    tab: z.string().optional(),
    view: z.object({ private_metadata: z.string().optional() }).optional(),
    tokens: z.object({ bot: z.array(z.string()).optional() }).optional(),
  }),
});
export type EventPayload = z.infer<typeof eventSchema>;

/** The team that the app is installed in. In an organisation-wide installation `team` is null and the user's counts. */
export function teamOf(payload: {
  team?: { id: string } | null | undefined;
  user: { team_id?: string | undefined };
}): string {
  const team = payload.team?.id ?? payload.user.team_id;
  if (!team) throw new MalformedPayload('no team');
  return team;
}

const interactive = z.object({ type: z.string(), user: z.object({ id }) });
const event = z.object({ type: z.literal('event_callback'), event: z.object({ type: id }) });
const command = z.object({ command: id });

/** True for what Bolt can sort without falling over. */
export function isKnownShape(body: unknown): boolean {
  return [command, event, interactive].some((schema) => schema.safeParse(body).success);
}
