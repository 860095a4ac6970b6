import { type Button, type Reply, toPlain, type View, type ViewNode } from '../../src/core/view.ts';

/** Everything that a person reads in a reply, line by line. */
export function wordsOf(reply: Reply): string {
  switch (reply.kind) {
    case 'view':
      return wordsOfView(reply.view);
    case 'form':
      return [reply.form.title, ...reply.form.fields.map(({ label }) => label)].join('\n');
    case 'fieldErrors':
      return Object.entries(reply.errors)
        .map(([field, error]) => `${field}: ${error}`)
        .join('\n');
    case 'options':
      return reply.options.map(({ label }) => label).join('\n') || (reply.empty ?? '');
    case 'none':
      return '';
    default:
      return reply satisfies never;
  }
}

export const wordsOfView = (view: View): string =>
  [...(view.title ? [view.title] : []), ...view.nodes.flatMap(linesOf)].join('\n');

function linesOf(node: ViewNode): string[] {
  switch (node.type) {
    case 'text':
      return [toPlain(node.text)];
    case 'fields':
      return node.items.map(({ label, value }) => `${label}: ${toPlain(value)}`);
    case 'list':
      if (node.rows.length === 0) return [toPlain(node.empty)];
      return node.rows.flatMap(({ title, detail }) => [
        toPlain(title),
        ...(detail ? [`  ${toPlain(detail)}`] : []),
      ]);
    case 'actions':
      return [`[${node.buttons.map(({ label }) => label).join('] [')}]`];
    case 'image':
      return [`[picture: ${node.alt}]`];
    case 'divider':
      return ['---'];
    default:
      return node satisfies never;
  }
}

export function buttonsOf(reply: Reply): Button[] {
  return reply.kind === 'view' ? buttonsOfView(reply.view) : [];
}

export const buttonsOfView = (view: View): Button[] =>
  view.nodes.flatMap((node) => {
    if (node.type === 'actions') return [...node.buttons];
    return node.type === 'list' ? node.rows.flatMap(({ buttons = [] }) => [...buttons]) : [];
  });
