import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { Log, NewId } from '../core/ports.ts';
import type { TimeLeft } from '../core/time-left.ts';
import { answerMessage } from './answer-message.ts';
import { readCardData } from './card-data.ts';
import type { Connector } from './connector.ts';
import type { Draw } from './draw.ts';
import type { Incoming } from './incoming.ts';
import { onInvoke } from './on-invoke.ts';
import { cardInvocation, installedInvocation, messageInvocation } from './parse.ts';
import type { People } from './people.ts';
import { profileOf } from './profile.ts';
import type { Ask } from './safely.ts';
import type { Sender } from './sender.ts';
import { waitFor } from './within.ts';

export interface TurnTools {
  dispatch: Ask;
  sender: Sender;
  connector: Connector;
  people: People;
  draw: Draw;
  newId: NewId;
  log: Log;
  /** Until the request must be answered, counted from its arrival */
  left: TimeLeft;
  /** Runs what the HTTP response must not wait for; its errors are logged, and a stop waits for it. */
  background(work: Promise<void>): Promise<void>;
}

/** One activity of a verified request: to the pipeline, and back inside the deadline. */
export async function runTurn(tools: TurnTools, incoming: Incoming, context: TurnContext): Promise<void> {
  switch (incoming.type) {
    case ActivityTypes.Message:
      return inTime(tools, onMessage(tools, incoming));
    case ActivityTypes.InstallationUpdate:
      return inTime(tools, onInstallation(tools, incoming));
    case ActivityTypes.Invoke:
      await context.sendActivity({
        type: ActivityTypes.InvokeResponse,
        value: await onInvoke(tools, incoming),
      });
      return;
    default:
      // Typing, reactions, members of a team: nothing that is asked of us. An installation comes as its own event.
      return;
  }
}

/** Teams retries a message that is not answered within 15 s; people are told by "typing" that it runs. */
async function inTime({ background, left }: TurnTools, work: Promise<void>): Promise<void> {
  await waitFor(background(work), left());
}

async function onMessage(tools: TurnTools, incoming: Incoming): Promise<void> {
  const profile = profileOf(tools.connector, tools.log, incoming);
  const data = readCardData(incoming.value);
  const invocation = data
    ? cardInvocation(incoming, profile, data, { answeredSeparately: true })
    : messageInvocation(incoming, profile, tools.newId);
  if (invocation) await answerMessage(tools, incoming, invocation, data);
}

async function onInstallation(tools: TurnTools, incoming: Incoming): Promise<void> {
  if (incoming.action !== 'add') {
    const { tenantId, action, conversation } = incoming;
    tools.log.info({ tenant: tenantId, scope: conversation.type, action }, 'Teams installation changed');
    return;
  }
  const profile = profileOf(tools.connector, tools.log, incoming);
  await answerMessage(tools, { ...incoming, id: undefined }, installedInvocation(incoming, profile));
}
