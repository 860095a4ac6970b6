import { buttonsOf, textOf } from '../support/local-slack-blocks.ts';
import { type SlackCall, startSlackApi } from '../support/slack-api.ts';
import { startSlackBot } from '../support/slack-bot.ts';
import {
  buttonPayload,
  commandBody,
  eventBody,
  interactionBody,
  type SignedRequest,
  sign,
  submissionPayload,
} from '../support/slack-requests.ts';
import { until } from '../support/until.ts';
import type { AdapterRig, Delivered, Seen } from './adapter-rig.ts';

type Message = Parameters<typeof textOf>[0];

const JSON_TYPE = { type: 'application/json' };

/** Slack: signed requests in, the Web API out. */
export async function createSlackRig(): Promise<AdapterRig> {
  const api = await startSlackApi();
  const bot = await startSlackBot(api);
  const responses: Seen[] = [];
  let deliveries = 0;
  let opensForm = false;
  const next = () => `delivery-${++deliveries}`;

  async function deliver(request: SignedRequest): Promise<Delivered & { body: unknown }> {
    const started = performance.now();
    const { status, body } = await bot.send(request);
    return { status, body, tookMs: performance.now() - started };
  }

  function said(
    text: string,
    { place = 'channel', delivery = next() }: Parameters<AdapterRig['says']>[1] = {},
  ) {
    const spoken = text.replaceAll('@omar', '<@U2>');
    const event =
      place === 'direct'
        ? { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: spoken, ts: '1.1' }
        : { type: 'app_mention', channel: 'C1', user: 'U1', text: `<@UBOT> ${spoken}`, ts: '1.1' };
    return eventBody(event, { event_id: delivery });
  }

  /** What people see of a call; undefined for what shows nothing. */
  function shownBy({ method, args }: SlackCall): Seen | undefined {
    if (method === 'chat.postMessage') {
      return seen(args, String(args.channel).startsWith('D') ? 'asker' : 'everyone');
    }
    if (method === 'chat.postEphemeral') return seen(args, 'asker');
    if (method !== 'response_url') return undefined;
    return seen(args, args.response_type === 'ephemeral' ? 'asker' : 'everyone');
  }

  const newest = () =>
    until('a message with buttons', () =>
      api.calls.findLast(({ args }) => buttonsOf((args as Message).blocks ?? []).length > 0),
    );

  return {
    platform: 'slack',
    adapter: bot.adapter,
    workspaceId: 'T1',
    userId: 'U1',
    mentionedId: 'U2',
    channelId: 'C1',
    invocations: bot.invocations,
    answer: (answer) => bot.answer(async (invocation) => answer(invocation), { opensForm }),
    says: (text, where) => deliver(sign(said(text, where), JSON_TYPE)),
    async saysElsewhere(text) {
      const { body, ...delivered } = await deliver(sign(commandBody({ team_id: 'T-OTHER', text })));
      responses.push(seen(body as Record<string, unknown>, 'asker'));
      return delivered;
    },
    async presses(label, { delivery = next() } = {}) {
      const { args } = await newest();
      const button = buttonsOf((args as Message).blocks ?? []).find(({ text }) => text.text === label);
      const payload = buttonPayload(button?.value, { trigger_id: delivery, response_url: api.responseUrl });
      return deliver(sign(interactionBody(payload)));
    },
    async opens(form) {
      opensForm = true;
      bot.answer(async () => ({ reply: { kind: 'form', form }, repeated: false }), { opensForm });
      await deliver(sign(commandBody({ trigger_id: next() })));
      opensForm = false;
      const view = (await api.call('views.open')).args.view as object;
      return {
        async submit(values) {
          const state = Object.entries(values).map(([name, value]) => [
            `field:${name}`,
            { value: { value } },
          ]);
          const payload = submissionPayload(view, Object.fromEntries(state));
          const { body, ...delivered } = await deliver(
            sign(interactionBody({ ...payload, trigger_id: next() })),
          );
          const { errors = {} } = (body ?? {}) as { errors?: Record<string, string> };
          const byField = Object.entries(errors).map(([block, error]) => [
            block.replace('field:', ''),
            error,
          ]);
          return { ...delivered, errors: Object.fromEntries(byField) };
        },
      };
    },
    saysUnsigned: (text) => deliver(sign(said(text), { ...JSON_TYPE, secret: 'somebody else' })),
    throttleOnce() {
      for (const method of ['chat.postEphemeral', 'chat.postMessage']) {
        api.next(method, { type: 'status', status: 429, headers: { 'retry-after': '1' } });
      }
    },
    seen: () => [...responses, ...api.calls.flatMap((call) => shownBy(call) ?? [])],
    async close() {
      await bot.close();
      await api.close();
    },
  };
}

function seen(args: Record<string, unknown>, by: Seen['by']): Seen {
  const message = args as unknown as Message;
  const signs = [message.text, ...formattedTexts(message.blocks)].flatMap(
    (text) => text.match(/<[^<>]*>?/g) ?? [],
  );
  // Bold is what a view asked for: people's own asterisks make none.
  const emphasis = formattedTexts(message.blocks).filter((text) => text.includes('*all*'));
  return {
    by,
    words: textOf(decoded(message) as Message),
    live: [...signs, ...emphasis],
    buttons: buttonsOf(message.blocks ?? []).map(({ text }) => text.text),
  };
}

const isFormatted = (value: object): value is { type: 'mrkdwn'; text: string } =>
  'type' in value && value.type === 'mrkdwn';

/** Texts in which Slack looks for mentions and links; plain_text is shown as it is. */
function formattedTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return isFormatted(value) ? [value.text] : Object.values(value).flatMap(formattedTexts);
}

/** The same message with its formatted texts as they are read. */
function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== 'object' || value === null) return value;
  if (isFormatted(value)) return { ...value, text: decode(value.text) };
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, decoded(part)]));
}

const decode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
