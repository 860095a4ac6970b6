import type { Invocation } from '../core/action.ts';
import { answerInTime } from '../core/adapter.ts';
import type { TimeLeft } from '../core/time-left.ts';
import type { Field, Form, Intent } from '../core/view.ts';
import type { Ask } from './safely.ts';

/**
 * A form that is shown again, with the names of those who were found by a search: it sends their ids alone. Who
 * can't be named in time is left out, and has to be chosen once more.
 */
export async function withChosen(
  { dispatch, left }: { dispatch: Ask; left: TimeLeft },
  form: Form,
  invocation: Invocation,
): Promise<Form> {
  const fields = await Promise.all(form.fields.map(named));
  return { ...form, fields };

  async function named(field: Field): Promise<Field> {
    if (field.type === 'text' || !field.searched || !field.value) return field;
    const known = new Set(field.options.map(({ value }) => value));
    const missing = field.value.split(',').filter((value) => value !== '' && !known.has(value));
    if (missing.length === 0) return field;
    const found = await find({
      action: field.searched.action,
      args: { ...field.searched.args, chosen: missing.join(',') },
    });
    return { ...field, options: [...found, ...field.options] };
  }

  async function find(intent: Intent) {
    const asked = {
      ...invocation,
      request: { type: 'intent' as const, ...intent },
      answeredSeparately: false,
    };
    const answer = await answerInTime(dispatch(asked), async () => undefined, left());
    return answer?.reply.kind === 'options' ? answer.reply.options : [];
  }
}
