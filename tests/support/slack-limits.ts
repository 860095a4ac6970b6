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
    case 'image':
      return imageComplaints(block);
    case 'divider':
      return [];
    default:
      return [`unexpected block ${block.type}`];
  }
}

function imageComplaints(block: types.ImageBlock): Complaint[] {
  const url = 'image_url' in block ? block.image_url : undefined;
  return [
    ...check(block.alt_text.trim() !== '' && block.alt_text.length <= 2_000, 'alt_text'),
    ...check(url === undefined || (url.startsWith('https://') && url.length <= 3_000), 'image_url'),
    ...(block.title ? plainComplaints(block.title, 2_000, 'image title') : []),
  ];
}

function sectionComplaints(block: types.SectionBlock): Complaint[] {
  const { text, fields, accessory } = block;
  return [
    ...check(text !== undefined || (fields?.length ?? 0) > 0, 'a section without text and fields'),
    ...(text ? textComplaints(text, 3_000, 'section') : []),
    ...check((fields?.length ?? 0) <= 10, 'more than 10 fields'),
    ...(fields ?? []).flatMap((field) => textComplaints(field, 2_000, 'field')),
    ...(accessory ? elementComplaints(accessory) : []),
  ];
}

function actionsComplaints(block: types.ActionsBlock): Complaint[] {
  const ids = block.elements.map((element) => element.action_id);
  return [
    ...check(
      block.elements.length >= 1 && block.elements.length <= 25,
      `${block.elements.length} elements in actions`,
    ),
    ...check(new Set(ids).size === ids.length, 'two elements with one action_id'),
    ...block.elements.flatMap(elementComplaints),
  ];
}

/** Crewline has no other elements outside forms. */
const elementComplaints = (element: { type: string }): Complaint[] =>
  isButton(element) ? buttonComplaints(element) : [`unexpected element ${element.type}`];

const isButton = (element: { type: string }): element is types.Button => element.type === 'button';

function buttonComplaints(button: types.Button): Complaint[] {
  const { confirm } = button;
  return [
    ...plainComplaints(button.text, 75, 'button'),
    ...check((button.action_id ?? '').length > 0 && (button.action_id ?? '').length <= 255, 'action_id'),
    ...check((button.value ?? '').length <= 2_000, 'button value'),
    ...check((button.url ?? '').length <= 3_000, 'button url'),
    ...check(button.style === undefined || ['primary', 'danger'].includes(button.style), 'button style'),
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
    ...check((element.action_id ?? '').length > 0 && (element.action_id ?? '').length <= 255, 'action_id'),
    ...('placeholder' in element && element.placeholder
      ? plainComplaints(element.placeholder, 150, 'placeholder')
      : []),
  ];
  if (element.type === 'plain_text_input') {
    const value = element.initial_value ?? '';
    const max = element.max_length ?? 3_000;
    return [
      ...complaints,
      ...check(max >= 1 && max <= 3_000, 'max_length'),
      ...check(value.length <= max, 'initial_value is too long'),
      ...wellFormed(value, 'initial_value'),
    ];
  }
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
    case 'checkboxes':
    case 'radio_buttons':
      return [...complaints, ...optionComplaints(element)];
    case 'external_select':
    case 'multi_external_select':
      return [...complaints, ...initialOf(element).flatMap(oneOptionComplaints)];
    default:
      return [`unexpected input ${element.type}`];
  }
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
  const initial = initialOf(element);
  const max = ['checkboxes', 'radio_buttons'].includes(element.type) ? 10 : 100;
  return [
    ...check(options.length >= 1 && options.length <= max, `${options.length} options in ${element.type}`),
    ...check(new Set(values).size === values.length, 'two options with one value'),
    ...options.flatMap(oneOptionComplaints),
    ...check(element.initial_options?.length !== 0, 'empty initial_options'),
    ...check(
      initial.every((one) => options.some((option) => JSON.stringify(option) === JSON.stringify(one))),
      'an initial option that is not among the options',
    ),
  ];
}

const initialOf = (element: Choice): types.Option[] => [
  ...(element.initial_option ? [element.initial_option] : []),
  ...(element.initial_options ?? []),
];

function oneOptionComplaints({ text, value = '', description }: types.Option): Complaint[] {
  return [
    ...check(value.length >= 1 && value.length <= 150, 'option value'),
    ...textComplaints(text, 75, 'option'),
    ...(description ? textComplaints(description, 75, 'option description') : []),
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

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;
/** Words that are set apart as a whole turn nothing but themselves. */
const SET_APART = /\u2068[^\u2068\u2069]*\u2069/g;

/** Slack refuses half a surrogate pair; `isWellFormed` finds one that a cut has left. */
function wellFormed(text: string, where: string): Complaint[] {
  return [
    ...check(text.isWellFormed(), `${where} has half a surrogate pair`),
    ...check(!UNSEEN.test(text.replace(SET_APART, '')), `${where} has what nobody sees`),
  ];
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
