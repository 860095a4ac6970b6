import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Form, Reply } from '../../src/core/view.ts';
import { type SlackApi, startSlackApi } from '../support/slack-api.ts';
import { type SlackBot, startSlackBot } from '../support/slack-bot.ts';
import { commandBody, interactionBody, sign, submissionPayload } from '../support/slack-requests.ts';

let api: SlackApi;
let bot: SlackBot;

beforeAll(async () => {
  api = await startSlackApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  api.reset();
  bot = await startSlackBot(api);
});
afterEach(() => bot.close());

const form: Form = {
  title: 'Assign #15',
  submit: 'Assign',
  intent: { action: 'assign', args: { task: '15' } },
  nonce: 'nonce-1',
  fields: [
    {
      type: 'multiselect',
      name: 'people',
      label: 'Who?',
      value: 'person:tom',
      options: [
        { value: 'person:ana', label: 'Ana' },
        { value: 'person:tom', label: 'Tom Reyes' },
      ],
      searched: { action: 'find-people', args: { project: 'p1' } },
    },
    {
      type: 'select',
      name: 'lead',
      label: 'Who leads?',
      options: [],
      searched: { action: 'find-people', args: {} },
    },
  ],
};

async function openedView(): Promise<{ private_metadata: string; blocks: Record<string, unknown>[] }> {
  bot.answer(async () => ({ repeated: false, reply: { kind: 'form', form } }), { opensForm: true });
  await bot.send(sign(commandBody({ text: 'assign 15' })));
  const { args } = await api.call('views.open');
  const { view } = args;
  return JSON.parse(typeof view === 'string' ? view : JSON.stringify(view));
}

/** As Slack asks for options while somebody types into a modal. */
const suggestion = (view: object, more: object = {}) =>
  sign(
    interactionBody({
      type: 'block_suggestion',
      team: { id: 'T1', domain: 'harbor' },
      user: { id: 'U1', name: 'wes', team_id: 'T1' },
      container: { type: 'view', view_id: 'V1' },
      api_app_id: 'A1',
      token: 'legacy',
      action_id: 'value',
      block_id: 'field:people',
      value: 'to',
      view: { id: 'V1', type: 'modal', ...view },
      ...more,
    }),
  );

const offers = (options: { value: string; label: string }[]) => async () => ({
  repeated: false,
  reply: { kind: 'options', options } satisfies Reply,
});

test('a list that is too long for a select is one that Slack asks the options of', async () => {
  const { blocks } = await openedView();
  expect(blocks).toMatchObject([
    {
      block_id: 'field:people',
      element: {
        type: 'multi_external_select',
        action_id: 'value',
        min_query_length: 0,
        initial_options: [{ value: 'person:tom', text: { text: 'Tom Reyes' } }],
      },
    },
    { block_id: 'field:lead', element: { type: 'external_select' } },
  ]);
});

test('typed words are searched as whoever types, and what is found is offered', async () => {
  const view = await openedView();
  bot.answer(offers([{ value: 'person:tom', label: 'Tom Reyes' }]));
  const { status, body } = await bot.send(suggestion({ private_metadata: view.private_metadata }));
  expect(status).toBe(200);
  expect(body).toEqual({
    options: [{ value: 'person:tom', text: { type: 'plain_text', text: 'Tom Reyes', emoji: true } }],
  });
  expect(bot.invocations.at(-1)).toMatchObject({
    workspaceId: 'T1',
    userId: 'U1',
    source: 'form',
    request: { type: 'intent', action: 'find-people', args: { project: 'p1', words: 'to' } },
  });
});

test('Slack gets no more options than it takes', async () => {
  const view = await openedView();
  bot.answer(
    offers(Array.from({ length: 150 }, (_, n) => ({ value: `person:${n}`, label: 'x'.repeat(200) }))),
  );
  const { body } = await bot.send(suggestion({ private_metadata: view.private_metadata }));
  const { options } = body as { options: { text: { text: string } }[] };
  expect(options).toHaveLength(100);
  for (const { text } of options) expect(text.text.length).toBeLessThanOrEqual(75);
});

test.each([
  ['a refusal', async () => ({ repeated: false, reply: { kind: 'none' } satisfies Reply }), {}],
  ['a field that is not searched', offers([{ value: 'x', label: 'X' }]), { block_id: 'field:because' }],
  ['a modal of another version', offers([{ value: 'x', label: 'X' }]), { view: { private_metadata: '{}' } }],
])('%s offers nothing', async (_case, answer, more) => {
  const view = await openedView();
  bot.answer(answer);
  const { status, body } = await bot.send(suggestion({ private_metadata: view.private_metadata }, more));
  expect(status).toBe(200);
  expect(body).toEqual({ options: [] });
});

test('an answer that comes too late is no answer: Slack is told in time that there is nothing', async () => {
  const view = await openedView();
  bot.answer(
    () =>
      new Promise((resolve) => {
        setTimeout(() => resolve({ repeated: false, reply: { kind: 'options', options: [] } }), 2_600);
      }),
  );
  const { status, body } = await bot.send(suggestion({ private_metadata: view.private_metadata }));
  expect(status).toBe(200);
  expect(body).toEqual({ options: [] });
});

test('a request for options that Slack did not sign is refused', async () => {
  const { private_metadata } = await openedView();
  const before = bot.invocations.length;
  const forged = suggestion({ private_metadata });
  const { status } = await bot.send({
    ...forged,
    headers: { ...forged.headers, 'x-slack-signature': 'v0=00' },
  });
  expect(status).toBe(401);
  expect(bot.invocations).toHaveLength(before);
});

test('what was chosen comes back as from any other select', async () => {
  const view = await openedView();
  bot.answer(async () => ({ repeated: false, reply: { kind: 'none' } }));
  await bot.send(
    sign(
      interactionBody(
        submissionPayload(view, {
          'field:people': {
            value: { type: 'multi_external_select', selected_options: [{ value: 'person:tom' }] },
          },
          'field:lead': { value: { type: 'external_select', selected_option: { value: 'person:ana' } } },
        }),
      ),
    ),
  );
  expect(bot.invocations.at(-1)?.request).toEqual({
    type: 'form',
    action: 'assign',
    args: { task: '15', people: 'person:tom', lead: 'person:ana' },
  });
});
