import { plain, type RichText, type View, type ViewNode } from './view.ts';

/** A view with every time in the words of its own reader's zone, for where the platform would not show it in each reader's. */
export function timesInWords(view: View): View {
  if (!textsOf(view).some(tellsATime)) return view;
  return { ...view, nodes: view.nodes.map(nodeInWords) };
}

export const tellsATime = (text: RichText): boolean => text.some(({ type }) => type === 'time');

/** Every rich text of a view. */
export function textsOf({ nodes }: View): RichText[] {
  return nodes.flatMap((node) => {
    switch (node.type) {
      case 'text':
        return [node.text];
      case 'fields':
        return node.items.map(({ value }) => value);
      case 'list':
        return node.rows.flatMap(({ title, detail }) => (detail ? [title, detail] : [title]));
      default:
        return [];
    }
  });
}

function nodeInWords(node: ViewNode): ViewNode {
  switch (node.type) {
    case 'text':
      return { ...node, text: words(node.text) };
    case 'fields':
      return { ...node, items: node.items.map((item) => ({ ...item, value: words(item.value) })) };
    case 'list':
      return {
        ...node,
        rows: node.rows.map((row) => ({
          ...row,
          title: words(row.title),
          ...(row.detail ? { detail: words(row.detail) } : {}),
        })),
      };
    default:
      return node;
  }
}

const words = (text: RichText): RichText =>
  text.flatMap((span) => (span.type === 'time' ? plain(span.fallback) : [span]));
