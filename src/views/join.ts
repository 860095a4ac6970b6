import type { Messages } from '../core/messages.ts';
import { bold, type TextPart, text, type View } from '../core/view.ts';

/** To a manager: somebody asks to join, or to come back. */
export function joinAsked(data: Record<string, string>, { join, words }: Messages): View {
  const { name = words.somebody, before } = data;
  const args = { request: data.request ?? '' };
  const who = data.email ? text`${bold(name)} (${data.email})` : text`${bold(name)}`;
  const said = (person: TextPart) => {
    if (!before) return join.asks(person);
    return before === name ? join.asksBack(person) : join.asksBackAs(person, before);
  };
  return {
    summary: before ? join.asksBackShort(name) : join.asksShort(name),
    nodes: [
      { type: 'text', text: said(who) },
      {
        type: 'actions',
        buttons: [
          { label: join.letIn, tone: 'primary', intent: { action: 'approve-join', args } },
          {
            label: join.refuse,
            tone: 'danger',
            confirm: join.whetherToRefuse(name),
            intent: { action: 'deny-join', args },
          },
        ],
      },
    ],
  };
}

/** To whoever was let in: what they find here. */
export function joined({ by, as = 'new' }: Record<string, string>, { join, buttons }: Messages): View {
  const who = by ?? join.yourManager;
  const welcome = { back: join.welcomeBack(who), known: join.welcomeKnown(who) };
  const told = as === 'back' || as === 'known' ? welcome[as] : join.welcome(who, bold('help'));
  return {
    summary: as === 'back' ? join.backOnTeam : join.onTeam,
    tone: 'good',
    nodes: [
      { type: 'text', text: text`${told}` },
      {
        type: 'actions',
        buttons: [
          { label: buttons.myTasks, tone: 'primary', intent: { action: 'list', args: {} } },
          { label: buttons.help, intent: { action: 'help', args: {} } },
        ],
      },
    ],
  };
}
