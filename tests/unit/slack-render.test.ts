import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Button,
  bold,
  code,
  type ListRow,
  link,
  plain,
  type RichText,
  type Span,
  say,
  text,
  type View,
  type ViewNode,
} from '../../src/core/view.ts';
import { renderView } from '../../src/slack/render.ts';
import { messageComplaints } from '../support/slack-limits.ts';

const view = (nodes: readonly ViewNode[], more: Partial<View> = {}): View => ({
  summary: 'Summary',
  nodes,
  ...more,
});
const textOf = (rich: RichText) => renderView(view([{ type: 'text', text: rich }])).blocks[0];
const button = (label: string, args: Record<string, string> = {}): Button => ({
  label,
  intent: { action: 'done', args },
});

describe('text', () => {
  it('shows styles, links and times as mrkdwn', () => {
    const at = Date.UTC(2026, 10, 23, 14);
    const rich = text`Task ${bold('#42')} by ${code('/task done 42')}, see ${link('the plan', 'https://plans.example/a')}, due ${{ type: 'time', at, format: 'datetime', fallback: 'tomorrow 2pm' }}.`;
    expect(textOf(rich)).toEqual({
      type: 'section',
      block_id: 'b0',
      text: {
        type: 'mrkdwn',
        verbatim: true,
        text: `Task *#42* by \`/task done 42\`, see <https://plans.example/a|the plan>, due <!date^${at / 1000}^{date_short_pretty} {time}|tomorrow 2pm>.`,
      },
    });
  });

  it.each(['*bold* pump', 'a _b_ c', '~gone~', 'a `code` b', '> quoted'])(
    'shows %s as it was typed',
    (title) => {
      expect(textOf(text`Title: ${bold(title)}`)).toMatchObject({
        text: { type: 'plain_text', text: `Title: ${title}` },
      });
    },
  );

  it('makes nobody listen: a mention in a title stays words', () => {
    const block = textOf(text`${bold('<!channel> <@U1> @here & co')}`);
    expect(JSON.stringify(block)).not.toMatch(/<[!@]/);
    expect(block).toMatchObject({
      text: { text: '*&lt;!channel&gt; &lt;@U1&gt; @here &amp; co*', verbatim: true },
    });
  });

  it('leaves a style out where Slack would show its marks', () => {
    expect(textOf(text`pump${bold('s')}`)).toMatchObject({ text: { type: 'mrkdwn', text: 'pumps' } });
  });

  it('makes no link to anything but the web and mail', () => {
    expect(textOf([link('here', 'javascript:alert(1)')])).toMatchObject({ text: { text: 'here' } });
  });

  it('cuts a long text visibly, between characters as people see them', () => {
    const family = '👨‍👩‍👧';
    const block = textOf(plain(family.repeat(2_000)));
    if (block?.type !== 'section') throw new Error('not a section');
    const shown = block.text?.text ?? '';
    expect(shown.length).toBeLessThanOrEqual(3_000);
    expect(shown.endsWith('…')).toBe(true);
    expect(shown.slice(0, -1).replaceAll(family, '')).toBe('');
  });
});

describe('a message', () => {
  it('always has text for the lock screen, with no mention in it', () => {
    const rendered = renderView({ summary: 'Wes: <!channel> *done*', nodes: [] });
    expect(rendered.text).toBe('Wes: &lt;!channel&gt; *done*');
    expect(rendered.blocks).toHaveLength(1);
  });

  it('carries its tone as a sign before the first words', () => {
    const said = say(plain('Saved.'), { tone: 'good' });
    if (said.kind !== 'view') throw new Error('not a view');
    expect(JSON.stringify(renderView(said.view).blocks)).toContain('✓ Saved.');
    expect(renderView(view([], { title: 'Late', tone: 'warning' })).blocks[0]).toMatchObject({
      type: 'header',
      text: { text: '⚠ Late' },
    });
  });

  it('puts one button beside its row and several below it', () => {
    const rows: ListRow[] = [
      { title: plain('One'), buttons: [button('Done')] },
      { title: plain('Two'), buttons: [button('Done'), button('Start')] },
    ];
    const { blocks } = renderView(view([{ type: 'list', rows, empty: plain('None') }]));
    expect(blocks.map((block) => block.type)).toEqual(['section', 'section', 'actions']);
    expect(blocks[0]).toMatchObject({ accessory: { type: 'button', action_id: 'b0.0' } });
  });

  it('says how many rows are not shown, and keeps what stands below the list', () => {
    const rows = Array.from({ length: 60 }, (_, index) => ({ title: plain(`Task ${index}`) }));
    const { blocks } = renderView(
      view([
        { type: 'list', rows, empty: plain('None') },
        { type: 'actions', buttons: [button('More')] },
      ]),
    );
    expect(blocks).toHaveLength(50);
    expect(blocks.at(-2)).toMatchObject({ type: 'context', elements: [{ text: '… and 12 more' }] });
    expect(blocks.at(-1)?.type).toBe('actions');
  });

  it('names a button that carries too much instead of dropping it', () => {
    const { blocks } = renderView(
      view([{ type: 'actions', buttons: [button('Assign Wes', { title: 'x'.repeat(3_000) })] }]),
    );
    expect(JSON.stringify(blocks)).toContain('No button for Assign Wes');
  });

  it('asks before a dangerous button acts', () => {
    const dangerous: Button = {
      ...button('Cancel task'),
      tone: 'danger',
      confirm: 'Cancel #42 for everyone?',
    };
    const { blocks } = renderView(view([{ type: 'actions', buttons: [dangerous] }]));
    expect(blocks[0]).toMatchObject({
      elements: [
        { style: 'danger', confirm: { text: { text: 'Cancel #42 for everyone?' }, style: 'danger' } },
      ],
    });
  });

  it('is the same for the same view, so that an update changes nothing by accident', () => {
    const same = view([{ type: 'actions', buttons: [button('A'), button('B')] }]);
    expect(renderView(same)).toEqual(renderView(same));
  });
});

/** What people, and those who mean no good, may type. */
const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.constantFrom(
    '',
    ' ',
    '\n\n',
    '<!channel>',
    '<@U1|wes>',
    '*',
    '`'.repeat(40),
    '&'.repeat(4_000),
    '🧯'.repeat(3_000),
  ),
  fc.constantFrom(
    '\ud83d',
    'a\u0000b',
    '\u202Eevil',
    '|',
    '>',
    `${'e\u0301'.repeat(2_000)}`,
    'x'.repeat(20_000),
  ),
);
const span: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: hostile }),
  fc.record({
    type: fc.constant('text' as const),
    text: hostile,
    style: fc.constantFrom('bold' as const, 'italic' as const, 'strike' as const, 'code' as const),
  }),
  fc.record({ type: fc.constant('link' as const), text: hostile, url: fc.oneof(fc.webUrl(), hostile) }),
  fc.record({
    type: fc.constant('time' as const),
    at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    format: fc.constantFrom('date' as const, 'datetime' as const),
    fallback: hostile,
  }),
);
const rich = fc.array(span, { maxLength: 6 });
const buttons = fc.array(
  fc.record(
    {
      label: hostile,
      intent: fc.record({
        action: fc.constant('done'),
        args: fc.dictionary(fc.string({ maxLength: 5 }), hostile, { maxKeys: 3 }),
      }),
      tone: fc.constantFrom('primary' as const, 'danger' as const),
      confirm: hostile,
    },
    { requiredKeys: ['label', 'intent'] },
  ),
  { maxLength: 30 },
);
const row = fc.record({ title: rich, detail: rich, buttons }, { requiredKeys: ['title'] });
const node: fc.Arbitrary<ViewNode> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: rich, muted: fc.boolean() }),
  fc.record({
    type: fc.constant('fields' as const),
    items: fc.array(fc.record({ label: hostile, value: rich }), { maxLength: 25 }),
  }),
  fc.record({ type: fc.constant('list' as const), rows: fc.array(row, { maxLength: 80 }), empty: rich }),
  fc.record({ type: fc.constant('actions' as const), buttons }),
  fc.record({ type: fc.constant('divider' as const) }),
);
const anyView = fc.record(
  {
    title: hostile,
    summary: hostile,
    tone: fc.constantFrom('neutral' as const, 'good' as const, 'attention' as const, 'warning' as const),
    nodes: fc.array(node, { maxLength: 60 }),
  },
  { requiredKeys: ['summary', 'nodes'] },
);

describe('any view at all', () => {
  it('is a message that Slack takes', () => {
    fc.assert(
      fc.property(anyView, (any) => {
        expect(messageComplaints(renderView(any))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
