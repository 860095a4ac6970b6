import type { InvokeResponse } from 'botframework-schema';
import { answerInTime } from '../core/adapter.ts';
import type { TimeLeft } from '../core/time-left.ts';
import type { Intent } from '../core/view.ts';
import { readDataset } from './card-data.ts';
import type { Incoming } from './incoming.ts';
import { json, textOf } from './json.ts';
import type { Ask } from './safely.ts';

/** Teams shows that many options. */
const MOST = 15;

/** Somebody types into a list of a form that is longer than the form. Source: learn.microsoft.com, "Typeahead search in Adaptive Cards". */
export async function answerTypeahead(
  { left }: { left: TimeLeft },
  incoming: Incoming,
  ask: (intent: Intent) => ReturnType<Ask>,
): Promise<InvokeResponse> {
  const { queryText, dataset } = json(incoming.value);
  const intent = readDataset(dataset);
  if (!intent) return found([]);
  const args = { ...intent.args, words: textOf(queryText) ?? '' };
  const answer = await answerInTime(ask({ ...intent, args }), async () => undefined, left());
  if (answer?.reply.kind !== 'options') return found([]);
  return found(answer.reply.options.slice(0, MOST).map(({ value, label }) => ({ value, title: label })));
}

const found = (results: readonly { value: string; title: string }[]): InvokeResponse => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } },
});
