import type { types } from '@slack/bolt';
import { oneLine } from '../core/clean.ts';
import { type Messages, messagesFor } from '../core/messages.ts';
import {
  type Button,
  bold,
  type ListRow,
  plain,
  type RichText,
  type Tone,
  type View,
  type ViewNode,
} from '../core/view.ts';
import { clip, limits } from './limits.ts';
import { actionsBlocks, buttonElement } from './render-buttons.ts';
import { escapeText, plainText, textObject } from './render-text.ts';
import type { SlackWords } from './words.ts';

export type Block = types.KnownBlock;

/** A message as chat.postMessage, chat.update, a command's answer and response_url all take it. */
export interface RenderedMessage {
  /** What a lock screen shows */
  text: string;
  blocks: Block[];
}

/**
 * A view as a Slack message. The tone is a sign before the first words: Slack has colours only in attachments,
 * which are folded away when long and would show the lock screen's text a second time above the blocks.
 */
export function renderView(view: View): RenderedMessage {
  const messages = messagesFor(view.language ?? 'en');
  const sign = signs[view.tone ?? 'neutral'];
  const head = view.title ? [headerBlock(sign + view.title)] : [];
  const nodes = view.title ? view.nodes : signed(view.nodes, sign);
  const blocks = [...head, ...nodesBlocks(nodes, { head, messages })];
  const shown = blocks.length > 0 ? blocks : [section(plain(view.summary))];
  return { text: summaryText(view.summary), blocks: withIds(cutToFit(shown, messages.slack)) };
}

export type Render = (view: View) => RenderedMessage;

/** Draws a view that is shown again and again, like help, once. */
export function createRender(): Render {
  const drawn = new WeakMap<View, RenderedMessage>();
  return (view) => {
    const message = drawn.get(view) ?? renderView(view);
    drawn.set(view, message);
    return message;
  };
}

/** Top-level text is read as mrkdwn where blocks can't be shown, so its mentions must be dead too. */
function summaryText(summary: string): string {
  return escapeText(clip(oneLine(summary), limits.messageText, (part) => escapeText(part).length)) || '–';
}

const signs: Record<Tone, string> = { neutral: '', good: '✓ ', attention: '◆ ', warning: '⚠ ' };

function signed(nodes: readonly ViewNode[], sign: string): readonly ViewNode[] {
  const [first, ...rest] = nodes;
  if (sign === '' || first?.type !== 'text') return nodes;
  return [{ ...first, text: [...plain(sign), ...first.text] }, ...rest];
}

/** What is left of a message for its lists; they take from it as they are drawn. */
interface Room {
  blocks: number;
  text: number;
}

/** Lists are drawn last, with the room that the rest leaves: the buttons below a long list must stay. */
function nodesBlocks(
  nodes: readonly ViewNode[],
  { head, messages }: { head: readonly Block[]; messages: Messages },
): Block[] {
  const fixed = nodes.map((node) => (node.type === 'list' ? [] : fixedBlocks(node, messages.slack)));
  const taken = [...head, ...fixed.flat()];
  const lists = nodes.filter((node) => node.type === 'list').length;
  const room: Room = {
    blocks: limits.messageBlocks - taken.length - lists,
    text: limits.messageBlocksText - textLength(taken) - lists * moreNoteLength,
  };
  return nodes.flatMap((node, index) =>
    node.type === 'list' ? listBlocks(node, { room, messages }) : (fixed[index] ?? []),
  );
}

/** Room kept for a list's "… and 12 more". */
const moreNoteLength = 30;

function fixedBlocks(node: Exclude<ViewNode, { type: 'list' }>, words: SlackWords): Block[] {
  switch (node.type) {
    case 'text':
      return [node.muted ? contextBlock(node.text) : section(node.text)];
    case 'fields':
      return fieldsBlocks(node.items);
    case 'actions':
      return actionsBlocks(node.buttons, words);
    case 'image':
      // Slack shows pictures that it can fetch, or that were uploaded: this one comes as a file (files.ts).
      return [contextBlock(node.follows)];
    case 'divider':
      return [{ type: 'divider' }];
    default:
      return node satisfies never;
  }
}

function headerBlock(title: string): Block {
  return { type: 'header', text: plainText(oneLine(title), limits.header) };
}

function section(text: RichText): Block {
  return { type: 'section', text: textObject(text, limits.sectionText) };
}

/** A quiet line below the rest. */
export function contextBlock(text: RichText): Block {
  return { type: 'context', elements: [textObject(text, limits.contextText)] };
}

function fieldsBlocks(items: readonly { label: string; value: RichText }[]): Block[] {
  const fields = items.map(({ label, value }) => {
    const shown = value.length > 0 ? value : plain('–');
    return textObject([bold(label), ...plain('\n'), ...shown], limits.fieldText);
  });
  return chunks(fields, limits.fields).map((group) => ({ type: 'section', fields: group }));
}

function listBlocks(
  { rows, empty }: Extract<ViewNode, { type: 'list' }>,
  { room, messages }: { room: Room; messages: Messages },
): Block[] {
  if (rows.length === 0) return [section(empty)];
  const shown: Block[] = [];
  for (const [index, row] of rows.entries()) {
    const blocks = rowBlocks(row, messages.slack);
    const length = textLength(blocks);
    if (blocks.length > room.blocks || length > room.text) {
      return [...shown, contextBlock(plain(messages.words.more(rows.length - index)))];
    }
    room.blocks -= blocks.length;
    room.text -= length;
    shown.push(...blocks);
  }
  return shown;
}

/** One button stands beside the row; several stand below it, since a section has room for one. */
function rowBlocks(row: ListRow, words: SlackWords): Block[] {
  const detail = row.detail?.length ? [...plain('\n'), ...row.detail] : [];
  const text = textObject([...row.title, ...detail], limits.sectionText);
  const only = soleButton(row.buttons);
  const accessory = only ? buttonElement(only, words) : undefined;
  if (accessory) return [{ type: 'section', text, accessory }];
  return [{ type: 'section', text }, ...actionsBlocks(row.buttons ?? [], words)];
}

function soleButton(buttons: readonly Button[] | undefined): Button | undefined {
  return buttons?.length === 1 ? buttons[0] : undefined;
}

/** The last guard: a view of too many nodes is cut visibly rather than refused by Slack. */
function cutToFit(blocks: Block[], words: SlackWords): Block[] {
  let text = 0;
  const fitting = blocks.findIndex((block, index) => {
    text += textLength([block]);
    return text > limits.messageBlocksText || index >= limits.messageBlocks;
  });
  if (fitting === -1) return blocks;
  const kept = blocks.slice(0, Math.min(fitting, limits.messageBlocks - 1));
  return [...kept, contextBlock(plain(words.moreParts(blocks.length - kept.length)))];
}

function textLength(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + blockTextLength(block), 0);
}

function blockTextLength(block: Block): number {
  if (block.type === 'header') return block.text.text.length;
  if (block.type === 'section') {
    const fields = block.fields?.reduce((sum, field) => sum + field.text.length, 0) ?? 0;
    return (block.text?.text.length ?? 0) + fields;
  }
  if (block.type !== 'context') return 0;
  return block.elements.reduce((sum, element) => sum + ('text' in element ? element.text.length : 0), 0);
}

/** Ids that are the same in every rendering of the same view, and unique in the message. */
function withIds(blocks: readonly Block[]): Block[] {
  return blocks.map((block, index) => {
    const id = `b${index}`;
    if (block.type === 'actions')
      return { ...block, block_id: id, elements: withActionIds(block.elements, id) };
    if (block.type !== 'section' || block.accessory?.type !== 'button') return { ...block, block_id: id };
    return { ...block, block_id: id, accessory: { ...block.accessory, action_id: `${id}.0` } };
  });
}

function withActionIds(
  elements: types.ActionsBlock['elements'],
  blockId: string,
): types.ActionsBlock['elements'] {
  return elements.map((element, index) => ({ ...element, action_id: `${blockId}.${index}` }));
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let start = 0; start < items.length; start += size) groups.push(items.slice(start, start + size));
  return groups;
}
