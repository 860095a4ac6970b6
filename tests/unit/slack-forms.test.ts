import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Field, Form } from '../../src/core/view.ts';
import { decodeMetadata } from '../../src/slack/form-metadata.ts';
import { fieldErrors, formValues } from '../../src/slack/form-values.ts';
import { renderForm, renderNotice } from '../../src/slack/forms.ts';
import { modalComplaints } from '../support/slack-limits.ts';

const origin = {
  place: { kind: 'channel' as const, channelId: 'C1' },
  responseUrl: 'https://hooks.slack.com/commands/1',
};
const form = (fields: readonly Field[], more: Partial<Form> = {}): Form => ({
  title: 'New task',
  submit: 'Create',
  intent: { action: 'add', args: { project: 'DOCK' } },
  nonce: 'nonce-1',
  fields,
  ...more,
});
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: `v${index}`, label: `Option ${index}` }));

describe('a form', () => {
  it('fills in what was typed already', () => {
    const modal = renderForm(
      form([
        { type: 'text', name: 'title', label: 'Title', value: 'Reseal pump 3', maxLength: 200 },
        {
          type: 'select',
          name: 'priority',
          label: 'Priority',
          value: 'v1',
          options: options(4),
          optional: true,
        },
        { type: 'multiselect', name: 'who', label: 'Who', value: 'v0,v2', options: options(3) },
      ]),
      origin,
    );
    expect(modalComplaints(modal)).toEqual([]);
    expect(modal.blocks).toMatchObject([
      {
        block_id: 'field:title',
        optional: false,
        element: { initial_value: 'Reseal pump 3', max_length: 200 },
      },
      {
        block_id: 'field:priority',
        optional: true,
        element: {
          initial_option: { value: 'v1', text: { text: 'Option 1' } },
          placeholder: { type: 'plain_text', text: 'Option 1' },
        },
      },
      {
        block_id: 'field:who',
        element: { type: 'checkboxes', initial_options: [{ value: 'v0' }, { value: 'v2' }] },
      },
    ]);
  });

  it('remembers what it is for and where it was asked for', () => {
    expect(decodeMetadata(renderForm(form([]), origin).private_metadata ?? '')).toEqual({
      intent: { action: 'add', args: { project: 'DOCK' } },
      nonce: 'nonce-1',
      ...origin,
    });
  });

  it('says so when a text had to be cut, and when not all options are shown', () => {
    const modal = renderForm(
      form([
        {
          type: 'text',
          name: 'title',
          label: 'Title',
          value: 'x'.repeat(10_000),
          hint: 'What is to be done?',
        },
        { type: 'multiselect', name: 'who', label: 'Who', value: 'v129', options: options(130) },
      ]),
      origin,
    );
    expect(modalComplaints(modal)).toEqual([]);
    expect(modal.blocks).toMatchObject([
      { hint: { text: 'What is to be done? Your text was cut to 3000 characters.' } },
      {
        hint: { text: expect.stringContaining('30 more are not shown') },
        element: { initial_options: [{ value: 'v129' }] },
      },
    ]);
  });

  it('shows a sentence instead of a choice without options, which Slack would refuse', () => {
    const modal = renderForm(
      form([{ type: 'select', name: 'project', label: 'Project', options: [] }]),
      origin,
    );
    expect(modal.blocks).toMatchObject([{ type: 'context' }]);
  });

  it('gives up the address of the answer, never the intent, when there is too much to remember', () => {
    const intent = { action: 'add', args: { note: 'x'.repeat(2_800) } };
    const modal = renderForm(form([], { intent }), {
      ...origin,
      responseUrl: `https://hooks.slack.com/${'y'.repeat(300)}`,
    });
    expect(decodeMetadata(modal.private_metadata ?? '')).toMatchObject({ intent, nonce: 'nonce-1' });
    const tooLong = form([], { intent: { action: 'add', args: { note: 'x'.repeat(4_000) } } });
    expect(() => renderForm(tooLong, origin)).toThrow(RangeError);
  });

  it('is a modal that Slack takes, whatever its words are', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constantFrom('', '🧯'.repeat(2_000), '\ud83d'),
    );
    const choices = fc.uniqueArray(fc.record({ value: fc.string({ maxLength: 200 }), label: words }), {
      selector: (option) => option.value,
      maxLength: 130,
    });
    const base = { name: fc.constantFrom('a', 'b', 'c', 'd'), label: words };
    const field: fc.Arbitrary<Field> = fc.oneof(
      fc.record({
        ...base,
        type: fc.constant('text' as const),
        value: words,
        placeholder: words,
        hint: words,
      }),
      fc.record({ ...base, type: fc.constant('select' as const), options: choices, value: fc.string() }),
      fc.record({ ...base, type: fc.constant('multiselect' as const), options: choices, value: fc.string() }),
    );
    const fields = fc.uniqueArray(field, { selector: (one) => one.name, minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fields, words, words, (anyFields, title, submit) => {
        expect(modalComplaints(renderForm(form(anyFields, { title, submit }), origin))).toEqual([]);
      }),
    );
    expect(
      modalComplaints(
        renderNotice('A title that is far too long for a modal', {
          sentence: 'x'.repeat(9_000),
          language: 'en',
        }),
      ),
    ).toEqual([]);
  });
});

describe('what was filled in', () => {
  const state = {
    'field:title': { value: { value: 'Reseal' } },
    'field:due': { value: { value: null } },
    'field:priority': { value: { selected_option: { value: 'high' } } },
    'field:project': { value: { selected_option: null } },
    'field:who': { value: { selected_options: [{ value: 'p1' }, { value: 'p2' }] } },
    other: { value: { value: 'not ours' } },
  };

  it('comes back as words, one for each field', () => {
    expect(formValues(state)).toEqual({
      title: 'Reseal',
      due: '',
      priority: 'high',
      project: '',
      who: 'p1,p2',
    });
  });

  it('has its errors at the fields, and those of no field at the first', () => {
    expect(fieldErrors({ due: 'Not a date.', task: 'It was cancelled.', '': 'Try again.' }, state)).toEqual({
      'field:due': 'Not a date.',
      'field:title': 'It was cancelled. Try again.',
    });
  });

  it('is refused from a modal that Crewline did not write', () => {
    expect(decodeMetadata('')).toBeUndefined();
    expect(decodeMetadata('{"nonce":"x"}')).toBeUndefined();
  });
});
