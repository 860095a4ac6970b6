import type { Invocation } from './action.ts';
import type { Reply } from './view.ts';

type ViewReply = Extract<Reply, { kind: 'view' }>;
type FormReply = Extract<Reply, { kind: 'form' }>;

/** Sent, the form brings the message again that it was opened from. */
export const withAfter = ({ form }: FormReply, after: string): FormReply => {
  const { intent } = form;
  return { kind: 'form', form: { ...form, intent: { ...intent, args: { ...intent.args, after } } } };
};

/**
 * What takes the place of a message whose button was pressed. Above a list stands what became of the press: which of its
 * rows it was, or why not. A refusal takes the place of no other message.
 */
export function turned(
  said: ViewReply,
  next: ViewReply,
  { place, refused }: { place: Invocation['place']; refused: boolean },
): ViewReply {
  const isList = next.view.nodes.some(({ type }) => type === 'list') && place.messageId !== undefined;
  if (!isList) return refused ? said : { ...next, replaceOriginal: true };
  const words = said.view.nodes.find((node) => node.type === 'text');
  const nodes = words ? [{ ...words, muted: !refused }, ...next.view.nodes] : next.view.nodes;
  return { ...next, replaceOriginal: true, view: { ...next.view, nodes } };
}
