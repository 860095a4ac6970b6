import type { types } from '@slack/bolt';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { OnSlack } from './draw.ts';
import { escapeHtml, lockScreen } from './html.ts';

/** The mark of the app's card, so that the page needs no other file. */
const LOGO =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="36" height="36"%3E%3Crect width="36" height="36" rx="8" fill="%23175a63"/%3E%3Ctext x="18" y="25" font-family="sans-serif" font-size="20" font-weight="700" fill="white" text-anchor="middle"%3EC%3C/text%3E%3C/svg%3E';

/** What a person sees of it in Slack, as HTML. */
export function slackHtml(drawn: OnSlack): string {
  if (!('type' in drawn)) return `${lockScreen(drawn.text)}${blocksHtml(drawn.blocks, { framed: true })}`;
  if (drawn.type === 'home') return blocksHtml(drawn.blocks, { framed: false });
  const submit = drawn.submit ? `<b class="submit">${escapeHtml(drawn.submit.text)}</b>` : '<b></b>';
  const bar = `<header><span>${escapeHtml(drawn.close?.text ?? '')}</span><strong>${escapeHtml(drawn.title.text)}</strong>${submit}</header>`;
  const inputs = drawn.blocks.map(
    (block) => `<div class="${inputClass(block)}">${blocksHtml([block], { framed: false })}</div>`,
  );
  return `<div class="modal">${bar}${inputs.join('')}</div>`;
}

function blocksHtml(blocks: readonly unknown[], { framed }: { framed: boolean }): string {
  return renderToStaticMarkup(
    createElement(Message, {
      blocks: blocks.map(drawable) as Block[],
      logo: LOGO,
      name: 'Crewline',
      theme: 'light',
      withoutWrapper: !framed,
    }),
  );
}

/** The renderer gives every text field several lines. */
function inputClass(block: unknown): string {
  const element = block && typeof block === 'object' && 'element' in block ? block.element : undefined;
  const isText = JSON.stringify(element ?? {}).startsWith('{"type":"plain_text_input"');
  return isText && JSON.stringify(element).includes('"multiline":false') ? 'one-line' : '';
}

/**
 * The renderer draws a text that is `verbatim` without its formatting, which Slack does not; and counts days from
 * the present one, so moments stand in the words that they have where they can't be shown.
 */
function drawable(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1');
  if (Array.isArray(value)) return value.map(drawable);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).filter(([key]) => key !== 'verbatim');
  const drawn = Object.fromEntries(parts.map(([key, part]) => [key, drawable(part)]));
  // It never shows what is chosen at first.
  return 'initial_option' in value
    ? { ...drawn, placeholder: (value.initial_option as types.Option).text }
    : drawn;
}
