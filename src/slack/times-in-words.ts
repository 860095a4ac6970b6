import type { Dispatch } from '../core/adapter.ts';
import type { Messenger } from '../core/ports.ts';
import { plain, type RichText, type View, type ViewNode } from '../core/view.ts';

/** For a local Slack, which shows `<!date^…>` as it stands: answers with every time in words. */
export function answersInWords(dispatch: Dispatch): Dispatch {
  const inWords: Dispatch = Object.assign(
    async (...asked: Parameters<Dispatch>) => {
      const answer = await dispatch(...asked);
      if (answer.reply.kind !== 'view') return answer;
      return { ...answer, reply: { ...answer.reply, view: timesInWords(answer.reply.view) } };
    },
    { opensForm: dispatch.opensForm, understands: dispatch.understands },
  );
  return inWords;
}

/** The same for what is sent unasked. */
export function withTimesInWords(messenger: Messenger): Messenger {
  return {
    ...messenger,
    sendDirect: (to) => messenger.sendDirect({ ...to, view: timesInWords(to.view) }),
    post: (to) => messenger.post({ ...to, view: timesInWords(to.view) }),
    update: (message) => messenger.update({ ...message, view: timesInWords(message.view) }),
  };
}

export function timesInWords(view: View): View {
  if (!view.nodes.some(tellsATime)) return view;
  return { ...view, nodes: view.nodes.map(nodeInWords) };
}

function tellsATime(node: ViewNode): boolean {
  const has = (text: RichText = []): boolean => text.some(({ type }) => type === 'time');
  switch (node.type) {
    case 'text':
      return has(node.text);
    case 'fields':
      return node.items.some(({ value }) => has(value));
    case 'list':
      return node.rows.some(({ title, detail }) => has(title) || has(detail));
    default:
      return false;
  }
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
    case 'actions':
    case 'image':
    case 'divider':
      return node;
    default:
      return node satisfies never;
  }
}

const words = (text: RichText): RichText =>
  text.flatMap((span) => (span.type === 'time' ? plain(span.fallback) : [span]));
