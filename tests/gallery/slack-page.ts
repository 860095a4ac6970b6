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
  const inputs = drawn.blocks.map((block) => {
    const html = blocksHtml([block], { framed: false });
    return isOneLine(block) ? html.replaceAll('min-height:80px;height:100px', 'height:36px') : html;
  });
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
const isOneLine = (block: unknown): boolean =>
  isObject(block) && isObject(block.element) && block.element.multiline === false;

/**
 * The renderer draws a text that is `verbatim` without its formatting, reads markup in plain and in escaped text, and
 * counts days from the present one. Slack does none of it: here are the words that a person sees there.
 */
function drawable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(drawable);
  if (!isObject(value)) return value;
  if (value.type === 'plain_text') return { ...value, text: unread(String(value.text)) };
  if (value.type === 'mrkdwn') return { type: 'mrkdwn', text: seen(String(value.text)) };
  const drawn = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, drawable(part)]));
  // It never shows what is chosen at first.
  return isObject(value.initial_option) ? { ...drawn, placeholder: value.initial_option.text } : drawn;
}

/** Signs that only look like those of markup. */
const twins: Record<string, string> = {
  ...{ '*': '∗', _: '＿', '~': '∼', '`': 'ˋ', '<': '‹', '>': '›' },
  ...{ '[': '［', '@': '@\u2060', '&': '&\u2060' },
};

const unread = (text: string): string =>
  withoutEmoji(text.replace(/[*_~`<>[@&]/g, (sign) => twins[sign] ?? sign));

/** Hours, like 20:00–07:00, hold no emoji. */
const withoutEmoji = (text: string): string => text.replace(/(?<=\d):(?=\d)/g, ':\u2060');

const seen = (text: string): string =>
  withoutEmoji(text)
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/&lt;/g, '‹')
    .replace(/&gt;/g, '›')
    .replace(/@/g, '@\u2060');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
