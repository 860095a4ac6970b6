import type { InvokeResponse } from 'botframework-schema';
import type { Answer } from '../core/adapter.ts';
import type { Intent } from '../core/view.ts';
import { openDialog, submitDialog } from './answer-dialog.ts';
import { answerInvoke, unknownCard } from './answer-invoke.ts';
import { answerRefresh } from './answer-refresh.ts';
import { REFRESH, readCardData } from './card-data.ts';
import { answerSearch, answerSelection } from './compose.ts';
import { dialogWords } from './dialog.ts';
import type { Incoming } from './incoming.ts';
import { json, textOf } from './json.ts';
import { actionCommand } from './message-payload.ts';
import { cardInvocation, cardRequest, dialogInvocation, extensionInvocation, openerOf } from './parse.ts';
import { elsewhereProfileOf, profileOf } from './profile.ts';
import { answerShared, sharedAfter } from './shared-card.ts';
import type { TurnTools } from './turn.ts';
import { answerTypeahead } from './typeahead.ts';

/** An invoke waits for its answer, which stands in the response: 5 s is the shortest of Teams' limits. */
export async function onInvoke(tools: TurnTools, incoming: Incoming): Promise<InvokeResponse> {
  switch (incoming.name) {
    case 'adaptiveCard/action':
      return onAction(tools, incoming);
    case 'task/fetch':
    case 'task/submit':
      return onDialog(tools, incoming);
    case 'fileConsent/invoke':
      return onFileConsent(tools, incoming);
    case 'application/search':
      return answerTypeahead(tools, incoming, (intent) => tools.dispatch(asked(tools, incoming, intent)));
    case 'composeExtension/fetchTask':
      return onActionCommand(tools, incoming);
    case 'composeExtension/submitAction':
      return onActionSubmitted(tools, incoming);
    case 'composeExtension/query':
      return answerSearch(tools, incoming, (intent) => tools.dispatch(asked(tools, incoming, intent)));
    case 'composeExtension/selectItem':
      return answerSelection(tools, incoming, (intent) => tools.dispatch(asked(tools, incoming, intent)));
    default:
      return { status: 501 };
  }
}

async function onAction(tools: TurnTools, incoming: Incoming): Promise<InvokeResponse> {
  const data = readCardData(json(json(incoming.value).action).data);
  if (!data) return unknownCard(tools.messagesOf(incoming));
  if (data.intent.action === REFRESH) return answerRefresh(tools, incoming);
  const ask = (intent: Intent) => tools.dispatch(asked(tools, incoming, intent));
  const again = await answerShared(tools, incoming, { data, ask });
  if (again) return again;
  const profile = elsewhereProfileOf(tools, incoming);
  const invocation = cardInvocation(incoming, profile, data, { answeredSeparately: false });
  const afterwards = (answer: Answer) => sharedAfter(tools, answer, { data, ask });
  return answerInvoke(tools, incoming, invocation, { data, afterwards });
}

/** Somebody wants the file that they were offered, or does not. */
function onFileConsent({ files, connector, log, background }: TurnTools, incoming: Incoming): InvokeResponse {
  const { response, work } = files.onConsent(incoming, profileOf(connector, log, incoming));
  if (work) void background(work);
  return response;
}

/** A button that opens a dialog, or what an open one sends. */
async function onDialog(tools: TurnTools, incoming: Incoming): Promise<InvokeResponse> {
  const data = readCardData(json(incoming.value).data);
  if (!data) return notOurs(tools, incoming);
  const profile = elsewhereProfileOf(tools, incoming);
  const invocation = dialogInvocation(incoming, profile, data);
  const request = { invocation, intent: data.intent, data, opener: openerOf(incoming, data) };
  const answer = incoming.name === 'task/fetch' ? openDialog : submitDialog;
  return answer(tools, incoming, request);
}

/** "Create task" and "Add to task" in the menu of a message, "New task" beside where one writes. */
async function onActionCommand(tools: TurnTools, incoming: Incoming): Promise<InvokeResponse> {
  const intent = actionCommand(incoming.value);
  if (!intent) return notOurs(tools, incoming);
  return openDialog(tools, incoming, { invocation: asked(tools, incoming, intent), intent });
}

async function onActionSubmitted(tools: TurnTools, incoming: Incoming): Promise<InvokeResponse> {
  const data = readCardData(json(incoming.value).data);
  if (!data) return notOurs(tools, incoming);
  const profile = elsewhereProfileOf(tools, incoming);
  const invocation = extensionInvocation(incoming, profile, cardRequest(incoming, data));
  return submitDialog(tools, incoming, { invocation, intent: data.intent, data });
}

/** Each request of its own: Teams has no other id of it that would come again. */
function asked(tools: TurnTools, incoming: Incoming, intent: Intent) {
  const { requestId } = json(incoming.value);
  const key = `teams:${incoming.tenantId}:extension:${textOf(requestId) ?? tools.newId()}`;
  const profile = elsewhereProfileOf(tools, incoming);
  return extensionInvocation(incoming, profile, { key, request: { type: 'intent', ...intent } });
}

const notOurs = ({ messagesOf }: TurnTools, incoming: Incoming): InvokeResponse =>
  dialogWords(messagesOf(incoming).dialogs.notOurs);
