import { jest } from '@jest/globals';
import { mention, message, press, TENANT } from '../support/teams-activities.ts';
import { startBot } from '../support/teams-bot.ts';
import type { ConnectorCall } from '../support/teams-connector.ts';
import { type Activity, buttonsOf, type CardElement, wordsOf } from '../support/teams-playground-cards.ts';
import { until } from '../support/until.ts';
import type { AdapterRig, Delivered, Seen } from './adapter-rig.ts';

/** Teams: requests with Microsoft's token in, the Bot Connector out. */
export async function createTeamsRig(): Promise<AdapterRig> {
  const bot = await startBot();
  const url = bot.connector.serviceUrl;
  /** Cards that answered a press take the place of the message. */
  const answers: Seen[] = [];
  let deliveries = 0;
  const next = () => `delivery-${++deliveries}`;

  async function deliver(activity: Record<string, unknown>): Promise<Delivered & { body: unknown }> {
    const { status, tookMs, body } = await bot.post(activity);
    return { status, tookMs, body };
  }

  function said(
    text: string,
    { place = 'channel', delivery = next() }: Parameters<AdapterRig['says']>[1] = {},
  ) {
    if (place === 'direct') return message(url, text, { id: delivery });
    const activity = mention(url, text.replaceAll('@omar', '<at>Omar</at>'), {
      id: delivery,
      textFormat: 'xml',
    });
    const omar = { type: 'mention', mentioned: { id: '29:omar', name: 'Omar' }, text: '<at>Omar</at>' };
    const entities = activity.entities as object[];
    return { ...activity, entities: text.includes('@omar') ? [...entities, omar] : entities };
  }

  const where = { conversation: mention(url, '').conversation, channelData: mention(url, '').channelData };
  const newest = () =>
    until('a message with buttons', () =>
      bot.connector.messages().findLast(({ body }) => buttonsOf(body as Activity).length > 0),
    );

  async function click(data: unknown, delivery: string): Promise<Delivered & { body: unknown }> {
    const { body, ...delivered } = await deliver(press(url, data, { ...where, id: delivery }));
    const answer = (body ?? {}) as { type?: string; value?: CardElement | string };
    if (answer.type?.endsWith('card.adaptive')) answers.push(seenIn(asActivity(answer.value), 'everyone'));
    else if (typeof answer.value === 'string') answers.push(line(answer.value));
    return { body, ...delivered };
  }

  return {
    platform: 'teams',
    adapter: bot.adapter,
    workspaceId: TENANT,
    userId: '29:wes',
    mentionedId: '29:omar',
    channelId: '19:dock@thread.tacv2',
    invocations: bot.invocations,
    answer: bot.answer,
    says: (text, options) => deliver(said(text, options)),
    saysElsewhere: (text) => {
      const tenant = { conversation: { id: 'a:x', conversationType: 'personal', tenantId: 'other' } };
      return deliver(message(url, text, { ...tenant, channelData: { tenant: { id: 'other' } } }));
    },
    async presses(label, { delivery = next() } = {}) {
      const { body } = await newest();
      const button = buttonsOf(body as Activity).find(({ title }) => title === label);
      return click(button?.data, delivery);
    },
    async opens(form) {
      bot.answer(() => ({ reply: { kind: 'form', form }, repeated: false }));
      await deliver(said('form, please'));
      const { body } = await newest();
      const [send] = buttonsOf(body as Activity);
      return {
        async submit(values) {
          const inputs = Object.entries(values).map(([name, value]) => [`field.${name}`, value]);
          const answer = await click({ ...send?.data, ...Object.fromEntries(inputs) }, next());
          return { status: answer.status, tookMs: answer.tookMs, errors: errorsIn(answer.body) };
        },
      };
    },
    saysUnsigned: async (text) => {
      const token = await bot.identity.bearer(bot.claims(), { key: 'foreign' });
      // Bot Framework writes of each foreign key to the console, past our log.
      const silenced = jest.spyOn(console, 'error').mockReturnValue();
      const answer = await bot.raw(JSON.stringify(said(text)), token);
      silenced.mockRestore();
      return answer;
    },
    throttleOnce: () => bot.connector.behave({ status: 429, retryAfter: '1', times: 1 }),
    seen: () => [...bot.connector.messages().map(shownBy), ...answers],
    close: bot.close,
  };
}

function shownBy({ path, body }: ConnectorCall): Seen {
  return seenIn(body as Activity, path.includes('/a:') ? 'asker' : 'everyone');
}

function seenIn(activity: Activity, by: Seen['by']): Seen {
  return {
    by,
    words: wordsOf(activity),
    live: liveIn(activity),
    buttons: buttonsOf(activity).map(({ title }) => title),
  };
}

const line = (words: string): Seen => ({ by: 'asker', words, live: [], buttons: [] });

const asActivity = (content: unknown): Activity => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: content as CardElement }],
});

/** Mentions need an entity; links and emphasis a text that is read as Markdown or HTML. */
function liveIn(activity: Activity): string[] {
  const {
    entities = [],
    textFormat,
    text = '',
  } = activity as Activity & {
    entities?: object[];
    textFormat?: string;
  };
  const raw = JSON.stringify(activity.attachments ?? []);
  const blocks = raw.match(/\{"type":"TextBlock"[^{}]*"text":"[^"]*[<[*_][^"]*"/g) ?? [];
  const marked = textFormat === 'plain' || text === '' ? [] : [text];
  return [...entities.map((entity) => JSON.stringify(entity)), ...blocks, ...marked];
}

/** An error stands right below the input that it belongs to. */
function errorsIn(answer: unknown): Record<string, string> {
  const { value } = (answer ?? {}) as { value?: { body?: CardElement[] } };
  const elements = typeof value === 'object' ? (value.body ?? []) : [];
  const errors: Record<string, string> = {};
  let field = '';
  for (const element of elements) {
    if (element.type?.startsWith('Input.')) field = String(element.id).replace('field.', '');
    const words = wordsOf(asActivity(element));
    if (words.startsWith('⚠ ')) errors[field] = words.slice('⚠ '.length);
  }
  return errors;
}
