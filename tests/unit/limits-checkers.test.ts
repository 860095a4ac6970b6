import { describe, expect, test } from '@jest/globals';
import type { types } from '@slack/bolt';
import { messageComplaints, modalComplaints } from '../support/slack-limits.ts';
import { unaskedMarkup } from '../support/slack-markup.ts';
import { cardComplaints, outgoingComplaints } from '../support/teams-limits.ts';

/** The checkers that the goldens and the hostile words rest on must see what is wrong. */

const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text, verbatim: true });
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const button = (more: object = {}) => ({
  type: 'button',
  text: plain('Done'),
  value: '{}',
  action_id: 'b0.0',
  ...more,
});
const section = (more: object = {}) => ({ type: 'section', text: mrkdwn('Pump'), block_id: 'b0', ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements, block_id: 'b0' });
const option = (value: string) => ({ text: plain('Wes'), value });
const input = (element: object) => ({
  type: 'input',
  label: plain('Who?'),
  block_id: 'b0',
  element: { action_id: 'value', ...element },
});

const blocks = (...given: object[]) => given as types.KnownBlock[];
const inMessage = (...given: object[]) => messageComplaints({ text: 'Pump', blocks: blocks(...given) });
const inModal = (view: object, ...given: object[]) =>
  modalComplaints({
    type: 'modal',
    title: plain('Task'),
    submit: plain('Save'),
    blocks: blocks(...given),
    ...view,
  } as types.ModalView);

describe('the checker of Slack’s limits', () => {
  test('has nothing against what Slack takes', () => {
    expect(inMessage(section({ accessory: button() }), { type: 'divider', block_id: 'b1' })).toEqual([]);
    expect(inModal({}, input({ type: 'static_select', options: [option('a')] }))).toEqual([]);
  });

  test.each<[string, string[]]>([
    ['a text of 3,001 characters', inMessage(section({ text: mrkdwn('x'.repeat(3_001)) }))],
    ['a text of spaces', inMessage(section({ text: mrkdwn('  ') }))],
    ['half a surrogate pair', inMessage(section({ text: mrkdwn('\ud83d') }))],
    ['a change of direction', inMessage(section({ text: mrkdwn('\u202Ereversed') }))],
    ['a mention', inMessage(section({ text: mrkdwn('<!channel>') }))],
    ['a text that Slack links by itself', inMessage(section({ text: { type: 'mrkdwn', text: '#dock' } }))],
    ['51 blocks', inMessage(...Array.from({ length: 51 }, (_, index) => section({ block_id: `b${index}` })))],
    ['two blocks with one id', inMessage(section(), section())],
    ['a long block_id', inMessage(section({ block_id: 'b'.repeat(256) }))],
    ['eleven fields', inMessage(section({ fields: Array.from({ length: 11 }, () => mrkdwn('x')) }))],
    ['a long header', inMessage({ type: 'header', text: plain('x'.repeat(151)), block_id: 'b0' })],
    [
      '26 buttons',
      inMessage(actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `${index}` })))),
    ],
    ['no button', inMessage(actions())],
    ['two buttons with one id', inMessage(actions(button(), button()))],
    ['a long label', inMessage(actions(button({ text: plain('x'.repeat(76)) })))],
    ['a long value', inMessage(actions(button({ value: 'x'.repeat(2_001) })))],
    ['a long question', inMessage(actions(button({ confirm: { text: plain('x'.repeat(301)) } })))],
    [
      'eleven lines of context',
      inMessage({ type: 'context', block_id: 'b0', elements: Array.from({ length: 11 }, () => mrkdwn('x')) }),
    ],
    ['a long title of a modal', inModal({ title: plain('x'.repeat(25)) }, section())],
    [
      'an input without a way to send it',
      inModal({ submit: undefined }, input({ type: 'plain_text_input' })),
    ],
    ['long private_metadata', inModal({ private_metadata: 'x'.repeat(3_001) }, section())],
    [
      '101 options',
      inModal(
        {},
        input({ type: 'static_select', options: Array.from({ length: 101 }, (_, at) => option(`${at}`)) }),
      ),
    ],
    [
      'eleven boxes',
      inModal(
        {},
        input({ type: 'checkboxes', options: Array.from({ length: 11 }, (_, at) => option(`${at}`)) }),
      ),
    ],
    [
      'two options with one value',
      inModal({}, input({ type: 'static_select', options: [option('a'), option('a')] })),
    ],
    [
      'a choice that is not offered',
      inModal({}, input({ type: 'static_select', options: [option('a')], initial_option: option('b') })),
    ],
    [
      'a long value of an option',
      inModal({}, input({ type: 'static_select', options: [option('a'.repeat(151))] })),
    ],
    [
      'a text longer than its field',
      inModal({}, input({ type: 'plain_text_input', max_length: 3, initial_value: 'four' })),
    ],
    ['an input without an id', inModal({}, input({ type: 'plain_text_input', action_id: '' }))],
  ])('sees %s', (_what, complaints) => {
    expect(complaints).not.toEqual([]);
  });

  test.each(['*loud*', 'a _b_ c', '~gone~', '`code`', '&gt; quoted', '<https://evil.example/|here>'])(
    'sees that nobody asked for %s',
    (text) => {
      const view = {
        summary: 'S',
        nodes: [{ type: 'text' as const, text: [{ type: 'text' as const, text: 'x' }] }],
      };
      expect(unaskedMarkup(view, blocks(section({ text: mrkdwn(text) })))).not.toEqual([]);
    },
  );

  test('lets what the view asked for pass', () => {
    const bold = { type: 'text' as const, text: 'loud', style: 'bold' as const };
    const view = { summary: 'S', nodes: [{ type: 'text' as const, text: [bold] }] };
    expect(unaskedMarkup(view, blocks(section({ text: mrkdwn('*loud*') })))).toEqual([]);
  });
});

const card = (...body: object[]) => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body,
});
const run = (text: string) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] });
const execute = (more: object = {}) => ({
  type: 'Action.Execute',
  title: 'Done',
  verb: 'done',
  data: { crewline: { action: 'done', args: { task: '42' }, nonce: 'n.0' } },
  ...more,
});
const buttons = (...given: object[]) => card({ type: 'ActionSet', actions: given });
const choices = (more: object) =>
  card({
    type: 'Input.ChoiceSet',
    id: 'who',
    label: 'Who?',
    choices: [{ title: 'Wes', value: 'wes' }],
    ...more,
  });

describe('the checker of Teams’ limits', () => {
  test('has nothing against what Teams takes', () => {
    expect(cardComplaints(card(run('Pump'), { type: 'ActionSet', actions: [execute()] }))).toEqual([]);
    expect(
      outgoingComplaints({ type: 'message', text: 'Pump', textFormat: 'plain', summary: 'Pump' }),
    ).toEqual([]);
  });

  test.each<[string, string[]]>([
    ['a card above 28 KB', cardComplaints(card(run('x'.repeat(29_000))))],
    ['a newer card', cardComplaints({ ...card(run('Pump')), version: '1.6' })],
    [
      'seven buttons',
      cardComplaints(
        buttons(
          ...Array.from({ length: 7 }, (_, at) =>
            execute({ data: { crewline: { action: 'done', args: {}, nonce: `${at}` } } }),
          ),
        ),
      ),
    ],
    ['a button without a title', cardComplaints(buttons(execute({ title: '' })))],
    ['two buttons with one nonce', cardComplaints(buttons(execute(), execute()))],
    ['a verb that is not its action', cardComplaints(buttons(execute({ verb: 'cancel' })))],
    ['a button that carries nothing of ours', cardComplaints(buttons(execute({ data: {} })))],
    [
      'Markdown where it is read',
      cardComplaints(card({ type: 'TextBlock', wrap: true, text: '[here](https://evil.example)' })),
    ],
    ['a text that does not wrap', cardComplaints(card({ type: 'TextBlock', text: 'Pump' }))],
    ['an empty run', cardComplaints(card(run('')))],
    ['an element that Teams has not', cardComplaints(card({ type: 'Table', columns: [], rows: [] }))],
    [
      'a link to a script',
      cardComplaints(buttons({ type: 'Action.OpenUrl', title: 'Go', url: 'javascript:alert(1)' })),
    ],
    ['a mention', cardComplaints({ ...card(run('Pump')), msteams: { entities: [] } })],
    ['a choice that is not offered', cardComplaints(choices({ value: 'tom' }))],
    [
      'Markdown at a box',
      cardComplaints(choices({ isMultiSelect: true, choices: [{ title: '**Wes**', value: 'wes' }] })),
    ],
    ['an input without a label', cardComplaints(choices({ label: '' }))],
    [
      'an empty summary',
      outgoingComplaints({ type: 'message', text: 'Pump', textFormat: 'plain', summary: ' ' }),
    ],
    [
      'a tag in a text',
      outgoingComplaints({ type: 'message', text: '<at>Wes</at>', textFormat: 'plain', summary: 'S' }),
    ],
    [
      'a text that is Markdown',
      outgoingComplaints({ type: 'message', text: 'Pump', textFormat: 'markdown', summary: 'S' }),
    ],
    ['nothing at all', outgoingComplaints({ type: 'message', summary: 'S' })],
  ])('sees %s', (_what, complaints) => {
    expect(complaints).not.toEqual([]);
  });
});
