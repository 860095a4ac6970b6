import type { types } from '@slack/bolt';

/**
 * What Slack refuses, checked from its documentation and apart from the renderer's own table:
 * docs.slack.dev/reference/block-kit/blocks, /block-elements, /composition-objects, /reference/views.
 */
export type Complaint = string;
type Block = types.KnownBlock;

/** Everything that Slack would refuse in a message; empty for a good one. */
export function messageComplaints(message: { text: string; blocks: readonly Block[] }): Complaint[] {
  return [
    ...check(message.text.trim() !== '' && message.text.length <= 40_000, 'text is empty or too long'),
    ...wellFormed(message.text, 'text'),
    ...noMentions(message.text, 'text'),
    ...check(message.blocks.length <= 50, `${message.blocks.length} blocks in a message`),
    ...check(JSON.stringify(message.blocks).length <= 200_000, 'blocks are too long together'),
    ...blocksComplaints(message.blocks),
  ];
}

/** The same for whatever is sent. */
export function slackComplaints(
  sent: { text: string; blocks: readonly Block[] } | types.ModalView | types.HomeView,
): Complaint[] {
  if (!('type' in sent)) return messageComplaints(sent);
  return sent.type === 'modal' ? modalComplaints(sent) : homeComplaints(sent);
}

/** Everything that Slack would refuse in App Home. */
export function homeComplaints(view: types.HomeView): Complaint[] {
  return [
    ...check((view.private_metadata ?? '').length <= 3_000, 'private_metadata is too long'),
    ...check((view.callback_id ?? '').length <= 255, 'callback_id is too long'),
    ...check(view.blocks.length > 0 && view.blocks.length <= 100, `${view.blocks.length} blocks in App Home`),
    ...check(!view.blocks.some(({ type }) => type === 'input'), 'an input in App Home'),
    ...blocksComplaints(knownBlocks(view.blocks)),
  ];
}

/** Everything that Slack would refuse in a modal. */
export function modalComplaints(view: types.ModalView): Complaint[] {
  const inputs = view.blocks.filter((block) => block.type === 'input');
  return [
    ...plainComplaints(view.title, 24, 'view title'),
    ...(view.submit ? plainComplaints(view.submit, 24, 'view submit') : []),
    ...(view.close ? plainComplaints(view.close, 24, 'view close') : []),
    ...check(inputs.length === 0 || view.submit !== undefined, 'inputs without a submit button'),
    ...check((view.private_metadata ?? '').length <= 3_000, 'private_metadata is too long'),
    ...check((view.callback_id ?? '').length <= 255, 'callback_id is too long'),
    ...check(view.blocks.length > 0 && view.blocks.length <= 100, `${view.blocks.length} blocks in a modal`),
    ...blocksComplaints(knownBlocks(view.blocks)),
  ];
}

const knownBlocks = (blocks: types.ModalView['blocks'] | types.HomeView['blocks']): Block[] =>
  blocks.filter((block): block is Block => block.type !== undefined);

function blocksComplaints(blocks: readonly Block[]): Complaint[] {
  const ids = blocks.map((block) => block.block_id);
  return [
    ...check(
      ids.every((id) => typeof id === 'string' && id !== '' && id.length <= 255),
      'a block without a good id',
    ),
    ...check(new Set(ids).size === ids.length, 'two blocks with one id'),
    ...blocks.flatMap(blockComplaints),
  ];
}

function blockComplaints(block: Block): Complaint[] {
  switch (block.type) {
    case 'header':
      return plainComplaints(block.text, 150, 'header');
    case 'section':
      return sectionComplaints(block);
    case 'context':
      return [
        ...check(block.elements.length >= 1 && block.elements.length <= 10, 'context elements'),
        ...block.elements.flatMap((element) =>
          'text' in element ? textComplaints(element, 3_000, 'context') : [],
        ),
      ];
    case 'actions':
      return actionsComplaints(block);
    case 'input':
      return inputComplaints(block);
    case 'divider':
      return [];
    default:
      return [`unexpected block ${block.type}`];
  }
}

function sectionComplaints(block: types.SectionBlock): Complaint[] {
  const { text, fields, accessory } = block;
  return [
    ...check(text !== undefined || (fields?.length ?? 0) > 0, 'a section without text and fields'),
    ...(text ? textComplaints(text, 3_000, 'section') : []),
    ...check((fields?.length ?? 0) <= 10, 'more than 10 fields'),
    ...(fields ?? []).flatMap((field) => textComplaints(field, 2_000, 'field')),
    ...(accessory?.type === 'button' ? buttonComplaints(accessory) : []),
  ];
}

function actionsComplaints(block: types.ActionsBlock): Complaint[] {
  const buttons = block.elements.filter((element) => element.type === 'button');
  const ids = block.elements.map((element) => element.action_id);
  return [
    ...check(
      block.elements.length >= 1 && block.elements.length <= 25,
      `${block.elements.length} elements in actions`,
    ),
    ...check(new Set(ids).size === ids.length, 'two elements with one action_id'),
    ...buttons.flatMap(buttonComplaints),
  ];
}

function buttonComplaints(button: types.Button): Complaint[] {
  const { confirm } = button;
  return [
    ...plainComplaints(button.text, 75, 'button'),
    ...check((button.action_id ?? '').length > 0 && (button.action_id ?? '').length <= 255, 'action_id'),
    ...check((button.value ?? '').length <= 2_000, 'button value'),
    ...(confirm
      ? [
          ...(confirm.title ? plainComplaints(confirm.title, 100, 'confirm title') : []),
          ...textComplaints(confirm.text, 300, 'confirm text'),
          ...(confirm.confirm ? plainComplaints(confirm.confirm, 30, 'confirm button') : []),
          ...(confirm.deny ? plainComplaints(confirm.deny, 30, 'deny button') : []),
        ]
      : []),
  ];
}

function inputComplaints(block: types.InputBlock): Complaint[] {
  const { element } = block;
  const complaints = [
    ...plainComplaints(block.label, 2_000, 'label'),
    ...(block.hint ? plainComplaints(block.hint, 2_000, 'hint') : []),
  ];
  if (element.type === 'plain_text_input') {
    const value = element.initial_value ?? '';
    const max = element.max_length ?? 3_000;
    return [
      ...complaints,
      ...check(max >= 1 && max <= 3_000, 'max_length'),
      ...check(value.length <= max, 'initial_value is too long'),
      ...wellFormed(value, 'initial_value'),
      ...(element.placeholder ? plainComplaints(element.placeholder, 150, 'placeholder') : []),
    ];
  }
  if (!('options' in element)) return complaints;
  return [...complaints, ...optionComplaints(element)];
}

interface Choice {
  type: string;
  options?: types.Option[];
  initial_option?: types.Option;
  initial_options?: types.Option[];
}

function optionComplaints(element: Choice): Complaint[] {
  const options = element.options ?? [];
  const values = options.map((option) => option.value ?? '');
  const initial = [
    ...(element.initial_option ? [element.initial_option] : []),
    ...(element.initial_options ?? []),
  ];
  const max = element.type === 'checkboxes' ? 10 : 100;
  return [
    ...check(options.length >= 1 && options.length <= max, `${options.length} options in ${element.type}`),
    ...check(
      values.every((value) => value.length >= 1 && value.length <= 150),
      'option value',
    ),
    ...check(new Set(values).size === values.length, 'two options with one value'),
    ...options.flatMap((option) => textComplaints(option.text, 75, 'option')),
    ...check(element.initial_options?.length !== 0, 'empty initial_options'),
    ...check(
      initial.every((one) => options.some((option) => JSON.stringify(option) === JSON.stringify(one))),
      'an initial option that is not among the options',
    ),
  ];
}

function plainComplaints(text: types.PlainTextElement, max: number, where: string): Complaint[] {
  return [
    ...check(text.type === 'plain_text', `${where} is not plain text`),
    ...textComplaints(text, max, where),
  ];
}

function textComplaints(text: types.TextObject, max: number, where: string): Complaint[] {
  return [
    ...check(
      text.text.trim() !== '' && text.text.length <= max,
      `${where} has ${text.text.length} characters`,
    ),
    ...wellFormed(text.text, where),
    ...(text.type === 'mrkdwn'
      ? [...noMentions(text.text, where), ...check(text.verbatim === true, `${where} not verbatim`)]
      : []),
  ];
}

/** Slack refuses half a surrogate pair; `isWellFormed` finds one that a cut has left. */
function wellFormed(text: string, where: string): Complaint[] {
  return check(text.isWellFormed(), `${where} has half a surrogate pair`);
}

/** Only dates and links may stand in angle brackets. */
function noMentions(text: string, where: string): Complaint[] {
  const angled = text.match(/<[^>]*>?/g) ?? [];
  const bad = angled.filter(
    (one) =>
      !/^<!date\^-?\d+\^[^|<>^]+\|[^<>]*>$/.test(one) && !/^<(https?:|mailto:)[^<>|]*\|[^<>|]*>$/.test(one),
  );
  return bad.map((one) => `${where} has ${one}`);
}

const check = (good: boolean, complaint: Complaint): Complaint[] => (good ? [] : [complaint]);
