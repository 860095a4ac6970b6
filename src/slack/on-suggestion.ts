import type { Invocation } from '../core/action.ts';
import { answerInTime } from '../core/adapter.ts';
import type { Intent } from '../core/view.ts';
import { decodeMetadata, type FormMetadata } from './form-metadata.ts';
import { fieldBlockId, type ShownOption, shownOptions } from './forms.ts';
import type { AskProfile } from './invocations.ts';
import type { Tools } from './on-command.ts';
import { readPayload, type SuggestionPayload, suggestionSchema, teamOf } from './payloads.ts';

/**
 * Somebody types into a select that is searched: Slack asks for its options, and shows none when there is no answer
 * in 3 s. Source: docs.slack.dev/reference/interaction-payloads/block_suggestion-payload.
 */
export async function onSuggestion(tools: Tools, body: unknown): Promise<{ options: ShownOption[] }> {
  const payload = readPayload(suggestionSchema, body, 'block_suggestion');
  const metadata = decodeMetadata(payload.view?.private_metadata ?? '');
  const search = metadata && searchOf(metadata, payload.block_id);
  if (!search) return { options: [] };
  const answer = tools.ask(suggestionInvocation(payload, { metadata, search }, tools.askProfile));
  // What comes later is of no use: the person has typed on.
  const first = await answerInTime(answer, async () => undefined);
  return { options: first?.reply.kind === 'options' ? shownOptions(first.reply.options, []) : [] };
}

function searchOf({ searches }: FormMetadata, blockId: string): Intent | undefined {
  return Object.entries(searches ?? {}).find(([name]) => fieldBlockId(name) === blockId)?.[1];
}

function suggestionInvocation(
  payload: SuggestionPayload,
  { metadata, search }: { metadata: FormMetadata; search: Intent },
  askProfile: AskProfile,
): Invocation {
  const teamId = payload.view?.app_installed_team_id ?? teamOf(payload);
  const { id: userId, name, username } = payload.user;
  const asker = { teamId, userId, name: name ?? username ?? userId };
  return {
    // A search changes nothing: its key is never looked at.
    key: `slack:${teamId}:search:${metadata.nonce}`,
    platform: 'slack',
    workspaceId: teamId,
    userId,
    place: metadata.place,
    request: {
      type: 'intent',
      action: search.action,
      args: { ...search.args, words: payload.value },
    },
    source: 'form',
    answeredSeparately: false,
    profile: (of = userId) => askProfile(of === userId ? asker : { ...asker, userId: of, name: of }),
  };
}
