import { clean } from '../core/clean.ts';

/**
 * Slack's limits, in characters (UTF-16 units, as Slack counts) or in pieces.
 * Sources: docs.slack.dev/reference/block-kit (blocks, elements, composition objects) and /reference/views.
 */
export const limits = {
  messageBlocks: 50,
  modalBlocks: 100,
  /** Top-level text: the API takes 40,000, a notification shows far less. */
  messageText: 3_000,
  /** A message's blocks together: above about 13,000 Slack answers `msg_blocks_too_long`. */
  messageBlocksText: 12_000,
  sectionText: 3_000,
  header: 150,
  fields: 10,
  fieldText: 2_000,
  contextText: 2_000,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  id: 255,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  viewTitle: 24,
  privateMetadata: 3_000,
  inputLabel: 2_000,
  inputHint: 2_000,
  inputValue: 3_000,
  placeholder: 150,
  options: 100,
  checkboxOptions: 10,
  optionText: 75,
  /** 150 since 2024; option values of Crewline are ids and keys. */
  optionValue: 150,
  /** Not documented; one line at a field is what people read. */
  fieldError: 300,
  /** Of a picture: files.getUploadURLExternal */
  altText: 1_000,
} as const;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Characters that a text takes in the request. */
export type Cost = (text: string) => number;

/**
 * A text that fits: cut between graphemes, with an ellipsis where something is missing.
 * `cost` is for texts that grow when they are escaped.
 */
export function clip(text: string, max: number, cost: Cost = (part) => part.length): string {
  if (cost(text) <= max) return text;
  let used = 1;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    used += cost(segment);
    if (used > max) break;
    kept += segment;
  }
  // Of words that were set apart, the end may have been cut off.
  return clean(`${kept.trimEnd()}…`);
}
