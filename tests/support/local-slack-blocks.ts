/** As much of Slack's messages and blocks as tests look at. */
export interface SlackMessage {
  ts: string;
  channel: string;
  user?: string;
  text: string;
  blocks?: Block[];
  thread_ts?: string;
  subtype?: string;
  ephemeral_to?: string;
  edited?: { ts: string };
}

export interface TextObject {
  type: string;
  text: string;
}

export interface Block {
  type: string;
  block_id?: string;
  text?: TextObject;
  fields?: TextObject[];
  accessory?: Element;
  elements?: (Element | TextObject)[];
  label?: TextObject;
  element?: InputElement;
}

interface Element {
  type: string;
  text?: TextObject | string;
  action_id?: string;
  value?: string;
}

export interface Button {
  type: 'button';
  block_id: string | undefined;
  text: TextObject;
  action_id: string;
  value: string | undefined;
}

export interface Option {
  text: TextObject;
  value: string;
}

export interface InputElement {
  type: string;
  action_id: string;
  initial_value?: string;
  initial_option?: Option;
  initial_options?: Option[];
  initial_date?: string;
  options?: Option[];
}

export interface ModalView {
  id: string;
  title: TextObject;
  blocks: Block[];
  private_metadata?: string;
}

/** Every button of a message, with the block it stands in. */
export function buttonsOf(blocks: readonly Block[]): Button[] {
  return blocks.flatMap((block) =>
    [...(block.elements ?? []), ...(block.accessory ? [block.accessory] : [])].flatMap((element) => {
      const { type, text } = element;
      if (type !== 'button' || typeof text !== 'object' || !('action_id' in element)) return [];
      return [
        { type, block_id: block.block_id, text, action_id: element.action_id ?? '', value: element.value },
      ];
    }),
  );
}

/** The words of a message that people can read, a line for each text; without blocks, its own text. */
export function textOf({ text, blocks }: Pick<SlackMessage, 'text' | 'blocks'>): string {
  return blocks?.length ? blocks.flatMap(textsOf).join('\n') : text;
}

function textsOf(block: Block): string[] {
  const elements = (block.elements ?? []).flatMap(({ text }) => (text === undefined ? [] : [wordsOf(text)]));
  const fields = (block.fields ?? []).map(wordsOf);
  return [...(block.text ? [wordsOf(block.text)] : []), ...fields, ...elements];
}

const wordsOf = (text: TextObject | string): string => (typeof text === 'string' ? text : text.text);
