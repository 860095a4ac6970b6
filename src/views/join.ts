import { bold, plain, type RichText, text, type View } from '../core/view.ts';

/** To a manager: somebody asks to join, or to come back. */
export function joinAsked(data: Record<string, string>): View {
  const { name = 'Somebody', before } = data;
  const args = { request: data.request ?? '' };
  const email = data.email ? text` (${data.email})` : plain('');
  return {
    summary: before ? `${name} was here before and asks to come back` : `${name} asks to join`,
    nodes: [
      {
        type: 'text',
        text: before
          ? text`${bold(name)}${email} was here before${before === name ? '' : ` as ${before}`} and asks to come back, with the tasks and rights of that time.`
          : text`${bold(name)}${email} asks to join your crew.`,
      },
      {
        type: 'actions',
        buttons: [
          { label: 'Let them in', tone: 'primary', intent: { action: 'approve-join', args } },
          {
            label: 'Refuse',
            tone: 'danger',
            confirm: `Refuse ${name}?`,
            intent: { action: 'deny-join', args },
          },
        ],
      },
    ],
  };
}

/** To whoever was let in: what they find here. */
export function joined({ by = 'Your manager', as = 'new' }: Record<string, string>): View {
  const told = welcomes[as] ?? welcome;
  return {
    summary: as === 'back' ? 'You are back on the team' : 'You are on the team',
    tone: 'good',
    nodes: [
      { type: 'text', text: told(by) },
      {
        type: 'actions',
        buttons: [
          { label: 'My tasks', tone: 'primary', intent: { action: 'list', args: {} } },
          { label: 'Help', intent: { action: 'help', args: {} } },
        ],
      },
    ],
  };
}

const welcome = (by: string): RichText =>
  text`${by} let you in. Your tasks will come here; say ${bold('help')} to see what I can do.`;

const welcomes: Record<string, (by: string) => RichText> = {
  back: (by) =>
    text`${by} let you back in, as who you were before: your tasks, projects and manager are the same.`,
  known: (by) => text`${by} let you in with this account too. You see the same tasks from both.`,
};
