import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Button,
  bold,
  code,
  link,
  type RichText,
  type Span,
  say,
  text,
  type View,
  type ViewNode,
} from '../../src/core/view.ts';
import { CARD_LIMIT, renderCard, renderMessage } from '../../src/teams/render.ts';

const adaptivecards = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

type Element = Record<string, unknown>;

/** What Microsoft's own parser has against a card. */
function complaints(card: unknown): string[] {
  const context = new adaptivecards.SerializationContext(adaptivecards.Versions.v1_5);
  const parsed = new adaptivecards.AdaptiveCard();
  // Teams' own limit; the parser's default is five.
  parsed.hostConfig = new adaptivecards.HostConfig({ actions: { maxActions: 6 } });
  parsed.parse(JSON.parse(JSON.stringify(card)), context);
  const found: string[] = [];
  for (let index = 0; index < context.eventCount; index++) found.push(context.getEventAt(index).message);
  for (const { message } of parsed.validateProperties().validationEvents ?? []) found.push(message);
  return found;
}

/** Every object anywhere in a card. */
function elements(value: unknown): Element[] {
  if (Array.isArray(value)) return value.flatMap(elements);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Element, ...Object.values(value).flatMap(elements)];
}

const ofType = (card: unknown, type: string): Element[] =>
  elements(card).filter((element) => element.type === type);
const words = (card: unknown): string =>
  ofType(card, 'TextRun')
    .concat(ofType(card, 'TextBlock'))
    .map((element) => element.text)
    .join('\n');

const button = (more: Partial<Button> = {}): Button => ({
  label: 'Done',
  intent: { action: 'done', args: { task: '42' } },
  ...more,
});
const view = (nodes: readonly ViewNode[], more: Partial<View> = {}): View => ({
  title: 'T',
  summary: 'S',
  nodes,
  ...more,
});
const at = Date.UTC(2026, 10, 24, 14, 0, 0, 123);
const due: Span = { type: 'time', at, format: 'datetime', fallback: '24 Nov, 15:00' };

describe('a view as an Adaptive Card', () => {
  test('every kind of node is drawn as Microsoft’s parser wants it', () => {
    const card = renderCard(
      view(
        [
          {
            type: 'text',
            text: text`${bold('Reseal')} pump, type ${code('done 42')} or see ${link('the plan', 'https://x.test')}`,
          },
          { type: 'text', text: text`small print`, muted: true },
          { type: 'fields', items: [{ label: 'Due', value: [due] }] },
          { type: 'divider' },
          {
            type: 'list',
            rows: [{ title: text`#1`, detail: text`DOCK`, buttons: [button()] }],
            empty: text`Nothing.`,
          },
          { type: 'list', rows: [], empty: text`Nothing here.` },
          {
            type: 'actions',
            buttons: [button({ tone: 'primary' }), button({ tone: 'danger', confirm: 'Really?' })],
          },
        ],
        { tone: 'warning' },
      ),
      'n',
    );
    expect(complaints(card)).toEqual([]);
    expect(card.version).toBe('1.5');
    for (const shown of [
      'Reseal',
      'done 42',
      'the plan',
      'small print',
      'Due',
      'DOCK',
      'Nothing here.',
      'Really?',
    ]) {
      expect(words(card)).toContain(shown);
    }
  });

  test('a moment is shown in the reader’s own time zone', () => {
    const card = renderCard(view([{ type: 'text', text: [{ type: 'text', text: 'Due ' }, due] }]), 'n');
    expect(words(card)).toContain('Due {{DATE(2026-11-24T14:00:00Z, SHORT)}} {{TIME(2026-11-24T14:00:00Z)}}');
  });

  test('beside words that could be Markdown the moment is in words, and nothing is read as Markdown', () => {
    const card = renderCard(
      view([{ type: 'text', text: [{ type: 'text', text: '[a](http://b) ' }, due] }]),
      'n',
    );
    expect(ofType(card, 'TextBlock')).toEqual([]);
    expect(words(card)).toContain('24 Nov, 15:00');
  });

  test('the tone is a colour behind the first line, also without a title', () => {
    const { title: _none, ...untitled } = view([{ type: 'text', text: text`Blocked` }], {
      tone: 'attention',
    });
    const card = renderCard(untitled, 'n');
    // Teams' own "attention" is its red.
    expect(ofType(card, 'Container')).toMatchObject([{ style: 'warning' }]);
  });

  test('a button carries its intent and a nonce of its own', () => {
    const card = renderCard(
      view([{ type: 'actions', buttons: [button(), button({ label: 'Start' })] }]),
      'n',
    );
    expect(ofType(card, 'Action.Execute').map((action) => action.data)).toEqual([
      { crewline: { action: 'done', args: { task: '42' }, nonce: 'n.0' } },
      { crewline: { action: 'done', args: { task: '42' }, nonce: 'n.1' } },
    ]);
  });

  test('a button that asks first unfolds the question', () => {
    const card = renderCard(
      view([{ type: 'actions', buttons: [button({ confirm: 'Cancel task 42?' })] }]),
      'n',
    );
    const [unfolding] = ofType(card, 'Action.ShowCard');
    expect(words(unfolding)).toBe('Cancel task 42?');
    expect(ofType(unfolding, 'Action.Execute')).toHaveLength(1);
  });

  test('more than six buttons stand in rows of six', () => {
    const card = renderCard(
      view([{ type: 'actions', buttons: Array.from({ length: 8 }, () => button()) }]),
      'n',
    );
    expect(ofType(card, 'ActionSet').map((set) => (set.actions as unknown[]).length)).toEqual([6, 2]);
  });

  test('a button whose arguments are too long is named, not dropped in silence', () => {
    const huge = button({ intent: { action: 'add', args: { title: 'x'.repeat(30_000) } } });
    const card = renderCard(view([{ type: 'actions', buttons: [huge, button()] }]), 'n');
    expect(ofType(card, 'Action.Execute')).toHaveLength(1);
    expect(words(card)).toContain('One button does not fit here.');
  });

  test('a link that is no web link is only words', () => {
    const card = renderCard(view([{ type: 'text', text: [link('click', 'javascript:alert(1)')] }]), 'n');
    expect(ofType(card, 'Action.OpenUrl')).toEqual([]);
    expect(words(card)).toContain('click');
  });

  test('a long list is cut, and says by how much', () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({
      title: text`#${index} ${'é'.repeat(80)}`,
      buttons: [button()],
    }));
    const card = renderCard(
      view([
        { type: 'list', rows, empty: [] },
        { type: 'text', text: text`the end` },
      ]),
      'n',
    );
    const shown = ofType(card, 'ActionSet').length;
    expect(shown).toBeGreaterThan(20);
    expect(words(card)).toContain(`… and ${300 - shown} more`);
    expect(words(card)).toContain('the end');
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(CARD_LIMIT);
  });
});

describe('a view as a message', () => {
  test('one plain sentence is a plain bubble', () => {
    const reply = say(text`You have 3 open tasks. *Not* bold.`);
    const message = renderMessage(reply.kind === 'view' ? reply.view : view([]), 'n');
    expect(message).toMatchObject({ text: 'You have 3 open tasks. *Not* bold.', textFormat: 'plain' });
    expect(message.attachments).toBeUndefined();
  });

  test('with a tag in it, it is a card, where no client can read the tag', () => {
    const message = renderMessage(
      { summary: 's', nodes: [{ type: 'text', text: text`${'<at>Maya</at>'} hi` }] },
      'n',
    );
    expect(message.text).toBeUndefined();
    expect(words(message.attachments)).toContain('<at>Maya</at>');
  });

  test('the summary is never empty and short enough for a lock screen', () => {
    expect(renderMessage(view([], { summary: '' }), 'n').summary).toBe('Crewline');
    expect(renderMessage(view([], { summary: 'x'.repeat(999) }), 'n').summary).toHaveLength(200);
  });
});

describe('whatever people type', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '<at>Maya</at>',
      '**x**',
      '[a](http://b)',
      '{{DATE(2026-01-01T00:00:00Z)}}',
      '- x',
      '1. x',
      '# x',
      '\u202eabc',
      '<!channel>',
      'https://x.test',
      '👩‍🔧',
      '',
      '\u0000',
    ),
    fc.string({ minLength: 1, maxLength: 4 }).map((unit) => unit.repeat(5_000)),
  );
  const style = fc.constantFrom('bold', 'italic', 'strike', 'code');
  const span: fc.Arbitrary<Span> = fc.oneof(
    hostile.map((typed): Span => ({ type: 'text', text: typed })),
    fc
      .tuple(hostile, style)
      .map(([typed, styled]): Span => ({ type: 'text', text: typed, style: styled as 'bold' })),
    hostile.map((typed): Span => ({ type: 'link', text: typed, url: typed })),
    fc.constant(due),
  );
  const rich: fc.Arbitrary<RichText> = fc.array(span, { maxLength: 4 });
  const anyButton = fc.record({
    label: hostile,
    intent: fc.record({
      action: hostile,
      args: fc.dictionary(fc.string({ maxLength: 8 }), hostile, { maxKeys: 3 }),
    }),
  });
  const node: fc.Arbitrary<ViewNode> = fc.oneof(
    fc.record({ type: fc.constant('text' as const), text: rich }),
    fc.record({
      type: fc.constant('fields' as const),
      items: fc.array(fc.record({ label: hostile, value: rich }), { maxLength: 20 }),
    }),
    fc.record({
      type: fc.constant('list' as const),
      rows: fc.array(
        fc.record({ title: rich, detail: rich, buttons: fc.array(anyButton, { maxLength: 8 }) }),
        { maxLength: 40 },
      ),
      empty: rich,
    }),
    fc.record({ type: fc.constant('actions' as const), buttons: fc.array(anyButton, { maxLength: 15 }) }),
    fc.constant({ type: 'divider' as const }),
  );
  const anyView: fc.Arbitrary<View> = fc.record({
    title: hostile,
    summary: hostile,
    tone: fc.constantFrom('neutral' as const, 'good' as const, 'attention' as const, 'warning' as const),
    nodes: fc.array(node, { maxLength: 30 }),
  });

  test('the card fits, parses, and reads none of it as Markdown, mention or card function', () => {
    fc.assert(
      fc.property(anyView, (given) => {
        const card = renderCard(given, 'n');
        expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(CARD_LIMIT);
        // Only TextBlock reads Markdown: what stands there is ours, or free of every sign that means something.
        for (const block of ofType(card, 'TextBlock')) {
          const bare = String(block.text).replace(
            /\{\{(?:DATE|TIME)\(2026-11-24T14:00:00Z(?:, SHORT)?\)\}\}/g,
            '',
          );
          expect(bare).not.toMatch(/[*_~`#[\]<>{}|\\!&@/]|^\s*(?:[-+]|\d+[.)])\s/m);
        }
        expect(ofType(card, 'mention')).toEqual([]);
        for (const { url } of ofType(card, 'Action.OpenUrl')) expect(String(url)).toMatch(/^https?:\/\//i);
        for (const set of ofType(card, 'ActionSet'))
          expect((set.actions as unknown[]).length).toBeLessThanOrEqual(6);
      }),
      { numRuns: 150 },
    );
  });

  test('Microsoft’s parser has nothing against it', () => {
    const titled = fc.record({
      title: fc.constant('T'),
      summary: fc.constant('S'),
      nodes: fc.array(node, { maxLength: 5 }),
    });
    fc.assert(
      fc.property(titled, (given) => {
        expect(complaints(renderCard(given, 'n'))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
