import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import type { Field, Form } from '../../src/core/view.ts';
import { readCardData } from '../../src/teams/card-data.ts';
import { renderFormCard } from '../../src/teams/forms.ts';
import { CARD_LIMIT } from '../../src/teams/render.ts';

const adaptivecards = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: `v${index}`, label: `Person ${index}` }));

const form = (fields: readonly Field[]): Form => ({
  title: 'New task',
  submit: 'Create',
  intent: { action: 'add', args: { project: 'DOCK' } },
  nonce: 'f-1',
  fields,
});
const fields: readonly Field[] = [
  {
    name: 'title',
    label: 'Title',
    type: 'text',
    value: 'Reseal',
    maxLength: 200,
    hint: 'What is to be done',
  },
  { name: 'priority', label: 'Priority', type: 'select', value: 'v1', options: options(3) },
  { name: 'lead', label: 'Lead', type: 'select', options: options(20), optional: true },
  {
    name: 'assignees',
    label: 'Assignees',
    type: 'multiselect',
    value: 'v0,v2',
    options: options(4),
    optional: true,
  },
];

/** The card's inputs by id, and the data of its button. */
// biome-ignore lint/suspicious/noExplicitAny: looks into a card
const parts = (card: any) => ({
  inputs: card.body.filter((element: { type: string }) => element.type.startsWith('Input.')),
  data: card.body.at(-1).actions[0].data,
  text: JSON.stringify(card),
});

describe('a form as a card', () => {
  test('has an input a field, filled in, and passes Microsoft’s parser', () => {
    const card = renderFormCard(form(fields));
    const context = new adaptivecards.SerializationContext(adaptivecards.Versions.v1_5);
    new adaptivecards.AdaptiveCard().parse(JSON.parse(JSON.stringify(card)), context);
    expect(context.eventCount).toBe(0);
    expect(parts(card).inputs).toMatchObject([
      { type: 'Input.Text', id: 'field.title', value: 'Reseal', isRequired: true, maxLength: 200 },
      { type: 'Input.ChoiceSet', id: 'field.priority', value: 'v1', style: 'compact' },
      { type: 'Input.ChoiceSet', id: 'field.lead', style: 'filtered' },
      { type: 'Input.ChoiceSet', id: 'field.assignees', value: 'v0,v2', isMultiSelect: true },
    ]);
    expect(parts(card).inputs[2].isRequired).toBeUndefined();
  });

  test('has no star where a list shows a choice, which can’t be left empty', () => {
    const required = parts(renderFormCard(form(fields))).inputs.map(
      (input: { isRequired?: boolean }) => input.isRequired,
    );
    expect(required).toEqual([true, undefined, undefined, undefined]);
  });

  test('what was typed comes back with the form itself, ready to be shown again with its errors', () => {
    const { data } = parts(renderFormCard(form(fields)));
    const read = readCardData({ ...data, 'field.title': 'no', 'field.assignees': 'v1', unrelated: 'x' });
    expect(read).toMatchObject({
      type: 'form',
      nonce: 'f-1',
      intent: { action: 'add', args: { project: 'DOCK' } },
      values: { title: 'no', assignees: 'v1' },
    });
    const again =
      read?.type === 'form' && read.form
        ? renderFormCard(read.form, { title: 'Too short.', other: 'Odd.' })
        : {};
    const { inputs, text } = parts(again);
    expect(inputs[0].value).toBe('no');
    expect(inputs[3].value).toBe('v1');
    expect(text.indexOf('Too short.')).toBeGreaterThan(text.indexOf('field.title'));
    expect(text).toContain('Odd.');
  });

  test('an option list that is too long is cut, and says by how much', () => {
    const long: Field = { name: 'who', label: 'Who', type: 'select', options: options(1_000) };
    const card = renderFormCard(form([long]));
    const { inputs, text } = parts(card);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(CARD_LIMIT);
    expect(text).toContain(`… and ${1_000 - inputs[0].choices.length} more`);
  });

  test('an option’s label can’t become a link or a mention', () => {
    const nasty: Field = {
      name: 'a',
      label: 'A',
      type: 'multiselect',
      options: [{ value: 'v', label: '[x](http://e) <at>Y</at>' }],
    };
    const [choice] = parts(renderFormCard(form([nasty]))).inputs[0].choices;
    expect(choice.title).not.toMatch(/\]\(|<\/?at/);
  });

  test.each([
    [undefined],
    ['text'],
    [{}],
    [{ crewline: 'x' }],
    [{ crewline: { action: 'done' } }],
    [{ crewline: { action: 7, nonce: 'n' } }],
  ])('data that no card of ours sends is nothing: %j', (data) => {
    expect(readCardData(data)).toBeUndefined();
  });

  test.each([
    [{ title: 'T', submit: 'S', fields: [{ name: 'x' }] }],
    [{ title: 'T', submit: 'S', fields: 'x' }],
    [{ title: 'T', submit: 'S', fields: [{ name: 'x', label: 'X', type: 'select', options: [1] }] }],
    [{}],
  ])('a form that was tampered with is read without its description: %j', (described) => {
    const read = readCardData({
      crewline: { action: 'add', args: {}, nonce: 'n', form: described },
      'field.x': 'v',
    });
    expect(read).toMatchObject({ type: 'form', form: undefined, values: { x: 'v' } });
  });
});
