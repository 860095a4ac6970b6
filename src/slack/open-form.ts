import type { Answer } from '../core/adapter.ts';
import type { Log } from '../core/ports.ts';
import { code, type Form, type Reply } from '../core/view.ts';
import type { Background } from './background.ts';
import { type Clients, INTERACTIVE_TIMEOUT_MS } from './clients.ts';
import { renderForm, renderNotice } from './forms.ts';
import { asView, type Listener, type Respond } from './respond.ts';
import { within } from './within.ts';
import { type LanguageOf, line, wordsFor } from './words.ts';

/** After this time a modal with "One moment…" opens: a trigger lives 3 s, and people look for a form at once. */
const FORM_WITHIN_MS = 700;

export interface FormOpener {
  /**
   * Opens a form on a trigger; the sentence to say instead when Slack didn't take it. What takes longer than `withinMs`
   * is waited for behind the answer.
   */
  open(
    listener: Listener,
    what: { triggerId: string; form: Form; withinMs?: number },
  ): Promise<Reply | undefined>;
  /** Opens the form that the answer will be, at once even when the answer is slow. Gives what is to be said in the response. */
  openSoon(listener: Listener, triggerId: string, answer: Promise<Answer>): Promise<Reply>;
}

const nothing: Reply = { kind: 'none' };

export function createFormOpener(options: {
  clients: Clients;
  respond: Respond;
  background: Background;
  languageOf: LanguageOf;
  log: Log;
}): FormOpener {
  const { clients, respond, background, languageOf, log } = options;
  const tooLate = (listener: Listener): Reply =>
    line(wordsFor(languageOf(listener)).formTooLate(code('help add')));

  /** The new view's id, or undefined when Slack didn't open it in time. */
  async function openView(listener: Listener, triggerId: string, view: ReturnType<typeof renderForm>) {
    try {
      const opening = clients
        .of(listener.teamId, 'interactive')
        .then((client) => client.views.open({ trigger_id: triggerId, view }));
      return (await within(INTERACTIVE_TIMEOUT_MS, opening))?.view?.id;
    } catch (error) {
      log.warn({ error: String(error), teamId: listener.teamId }, 'Slack did not open a form');
      return undefined;
    }
  }

  const open: FormOpener['open'] = async (listener, { triggerId, form, withinMs }) => {
    const opening = openView(listener, triggerId, renderForm(form, listener)).then((viewId) =>
      viewId ? nothing : tooLate(listener),
    );
    // Without a limit of the caller's it ends by its own.
    const opened = withinMs === undefined ? await opening : await within(withinMs, opening);
    if (opened) return opened.kind === 'none' ? undefined : opened;
    background.run(
      'Opening a form',
      opening.then((late) => respond(listener, late)),
    );
    return undefined;
  };

  /** The waiting modal becomes the form, or says what there is to say instead. */
  async function fillIn(listener: Listener, viewId: string, { reply }: Answer): Promise<void> {
    const view =
      reply.kind === 'form'
        ? renderForm(reply.form, listener)
        : renderNotice('Crewline', {
            sentence: asView(reply)?.view.summary ?? wordsFor(languageOf(listener)).nothingToFillIn,
            language: languageOf(listener),
          });
    const client = await clients.of(listener.teamId, 'job');
    await client.views.update({ view_id: viewId, view });
    if (reply.kind !== 'form') await respond(listener, reply);
  }

  return {
    open,
    async openSoon(listener, triggerId, answer) {
      const early = await within(FORM_WITHIN_MS, answer);
      if (early?.reply.kind === 'form')
        return (await open(listener, { triggerId, form: early.reply.form })) ?? nothing;
      if (early) return early.reply;
      const language = languageOf(listener);
      const waiting = renderNotice('Crewline', { sentence: wordsFor(language).oneMoment, language });
      const viewId = await openView(listener, triggerId, waiting);
      if (!viewId) return tooLate(listener);
      background.run(
        'Filling in a form',
        answer.then((late) => fillIn(listener, viewId, late)),
      );
      return nothing;
    },
  };
}
