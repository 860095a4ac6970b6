import { isolate } from '../../isolate.ts';
import type { Messages } from '../../messages.ts';
import { words } from './words.ts';

const because = (note: string | undefined): string => (note ? `: “${isolate(note)}”` : '');

export const cards: Messages['cards'] = {
  noLongerSeen: (number) => `Ya no puedes ver #${number}.`,
  noLongerYours: (number) => `#${number} ya no es tuya.`,
  givenAway: ({ number, by, to, when }) =>
    to.length > 0
      ? `#${number} ya no es tuya: ${isolate(by)} se la dio a ${words.and(to)} ${when}.`
      : `#${number} ya no es tuya: ${isolate(by)} te la quitó ${when}.`,
  happened: {
    todo: (note) => `la devolvió al principio${because(note)}`,
    active: (note) => `la empezó${because(note)}`,
    unblocked: (note) => `la desbloqueó${because(note)}`,
    returned: (note) => `la devolvió${because(note)}`,
    blocked: (note) => `no puede seguir${because(note)}`,
    review: (note) => `la entregó para revisión${because(note)}`,
    approved: (note) => `la aprobó${because(note)}`,
    done: (note) => `la terminó${because(note)}`,
    cancelled: (note) => `la canceló${because(note)}`,
    moved: (status, note) => `la pasó a ${status}${because(note)}`,
    partDone: 'hizo su parte',
    given: (people) => `se la dio a ${words.and(people)}`,
    taken: (people) => `se la quitó a ${words.and(people)}`,
    claimed: 'se la quedó',
    accepted: 'la aceptó',
    declined: (note) => `la rechazó${because(note)}`,
    due: (when) => `le puso fecha: ${when}`,
    notDue: 'le quitó la fecha',
    priority: (priority) => `le puso prioridad ${priority.toLowerCase()}`,
    title: (title) => `la llamó “${isolate(title)}”`,
    description: 'cambió la descripción',
    undone: 'deshizo el último cambio',
    comment: (body) => `“${isolate(body)}”`,
    commentGone: 'retiró un comentario',
  },
  earlier: (count) => `… y ${count} antes`,
};
