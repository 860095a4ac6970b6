import type { Invocation } from '../core/action.ts';
import type { Answer, Dispatch } from '../core/adapter.ts';
import { bold, type Intent, text, type View, type ViewNode } from '../core/view.ts';
import type { Ask } from './ask.ts';
import type { HomeState } from './render-home.ts';
import { asView, type ViewReply } from './respond.ts';
import { wordsFor } from './words.ts';

/** The action that makes a person's page. */
const HOME = 'home';

export const homeIntent = (state: HomeState): Intent => ({ action: HOME, args: state });

/** Whether a person's page is among what they see; else there is one way back to it. */
export const showsPage = ({ nodes }: View): boolean =>
  nodes
    .flatMap((node) => (node.type === 'actions' ? node.buttons : []))
    .filter(({ intent }) => intent.action === HOME).length > 1;

/** What is open once this was answered. */
export const stateAfter = (intent: Intent, before: HomeState): HomeState =>
  intent.action === HOME ? intent.args : before;

/**
 * What App Home shows after something was asked for on it: the page itself where that was asked for, else the
 * answer with the page below it (something was changed) or with the way back (something is to be read).
 */
export async function answerAtHome(
  { ask, dispatch }: { ask: Ask; dispatch: Dispatch },
  { invocation, intent, state }: { invocation: Invocation; intent: Intent; state: HomeState },
): Promise<Answer> {
  const answer = await ask(invocation);
  const { reply } = answer;
  if (reply.kind !== 'view' || intent.action === HOME) return answer;
  const bringsPage = intent.args.after?.startsWith(HOME) === true;
  // What follows a deed stands in its message's place; a refusal does not.
  if (bringsPage && reply.replaceOriginal) return answer;
  if (!bringsPage && invocation.request.type !== 'form')
    return {
      ...answer,
      reply: withWayBack(reply, { state, label: wordsFor(dispatch.languageOf(invocation)).back }),
    };
  const page = await ask({
    ...invocation,
    key: `${invocation.key}:home`,
    request: { type: 'intent', ...homeIntent(state) },
    answeredSeparately: false,
  });
  return { ...answer, reply: above(reply, asView(page.reply)) };
}

function withWayBack(said: ViewReply, { state, label }: { state: HomeState; label: string }): ViewReply {
  const back: ViewNode = { type: 'actions', buttons: [{ label, intent: homeIntent(state) }] };
  return { ...said, view: { ...said.view, nodes: [...said.view.nodes, { type: 'divider' }, back] } };
}

function above(said: ViewReply, page: ViewReply | undefined): ViewReply {
  if (!page || page.view.summary === said.view.summary) return said;
  const { title, nodes } = page.view;
  const heading: ViewNode[] = title ? [{ type: 'text', text: text`${bold(title)}` }] : [];
  return {
    ...said,
    view: { ...said.view, nodes: [...said.view.nodes, { type: 'divider' }, ...heading, ...nodes] },
  };
}
