import type { types } from '@slack/bolt';
import { type Answer, answerInTime } from '../core/adapter.ts';
import type { Language } from '../core/messages.ts';
import type { Clients } from './clients.ts';
import { decodeMetadata } from './form-metadata.ts';
import { fieldErrors } from './form-values.ts';
import { type Notice, renderForm, renderNotice } from './forms.ts';
import { answerAtHome } from './home.ts';
import { formInvocation } from './invocations.ts';
import type { Tools } from './on-command.ts';
import { readPayload, type SubmissionPayload, submissionSchema, teamOf } from './payloads.ts';
import { asView, type Listener } from './respond.ts';
import { wordsFor } from './words.ts';

/** What a submitted modal is answered with; undefined closes it. */
export type SubmissionResponse =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: types.ModalView }
  | undefined;

/** A submitted form: errors stand at their fields, everything else closes it and is said where it was opened. */
export async function onSubmission(
  tools: Tools & { clients: Clients },
  body: unknown,
): Promise<SubmissionResponse> {
  const payload = readPayload(submissionSchema, body, 'view_submission');
  const metadata = decodeMetadata(payload.view.private_metadata);
  const spokenTo = (): Language => tools.languageOf({ teamId: teamOf(payload), userId: payload.user.id });
  if (!metadata)
    return notice(payload, { sentence: wordsFor(spokenTo()).outdatedForm, language: spokenTo() });
  const invocation = formInvocation(payload, metadata, tools.askProfile);
  const { place, responseUrl, home, intent } = metadata;
  const listener: Listener = {
    teamId: invocation.workspaceId,
    userId: invocation.userId,
    place,
    responseUrl,
    ...(home ? { home } : {}),
  };
  const answer = home ? answerAtHome(tools, { invocation, intent, state: home }) : tools.ask(invocation);
  const first = await answerInTime(answer, async (late) => {
    tools.background.run('Ending a slow form', finish(tools, listener, payload, late));
  });
  if (first) return submissionResponse(tools, listener, payload, first);
  return notice(payload, { sentence: wordsFor(spokenTo()).stillWorking, language: spokenTo() });
}

function submissionResponse(
  tools: Tools,
  listener: Listener,
  payload: SubmissionPayload,
  { reply }: Answer,
): SubmissionResponse {
  switch (reply.kind) {
    case 'fieldErrors': {
      const errors = fieldErrors(reply.errors, payload.view.state.values);
      if (Object.keys(errors).length > 0) return { response_action: 'errors', errors };
      return notice(payload, {
        sentence: Object.values(reply.errors).join(' '),
        language: tools.languageOf(listener),
      });
    }
    case 'form':
      return { response_action: 'update', view: renderForm(reply.form, listener) };
    case 'view':
      tools.background.run('The answer to a form', tools.respond(listener, reply));
      return undefined;
    case 'none':
    case 'options':
      return undefined;
    default:
      return reply satisfies never;
  }
}

/** The modal that said "still working" says how it ended, and is a form again where there is more to fill in. */
async function finish(
  tools: Tools & { clients: Clients },
  listener: Listener,
  payload: SubmissionPayload,
  { reply }: Answer,
): Promise<void> {
  const language = tools.languageOf(listener);
  const sentence = asView(reply)?.view.summary ?? wordsFor(language).done;
  const view =
    reply.kind === 'form'
      ? renderForm(reply.form, listener)
      : renderNotice(titleOf(payload), { sentence, language });
  tools.background.run('The late answer to a form', tools.respond(listener, reply));
  const client = await tools.clients.of(listener.teamId, 'job');
  await client.views.update({ view_id: payload.view.id, view });
}

function notice(payload: SubmissionPayload, said: Notice): SubmissionResponse {
  return { response_action: 'update', view: renderNotice(titleOf(payload), said) };
}

const titleOf = (payload: SubmissionPayload): string => payload.view.title?.text ?? 'Crewline';
