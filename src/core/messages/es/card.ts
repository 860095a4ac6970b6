import type { Messages } from '../../messages.ts';
import { text } from '../../view.ts';

export const card: Messages['card'] = {
  due: (when) => text`vence ${when}`,
  overdueSince: (when) => text`vencida desde ${when}`,
  priority: (name) => `Prioridad ${name.toLowerCase()}`,
  subtasksDone: (done, total) => `${done} de ${total} subtareas hechas`,
  partsDone: ({ people, done, total }) => `${people} (${done} de ${total} hechas)`,
  partOf: (number) => `parte de #${number}`,
  from: (name) => `de ${name}`,
  closedBy: ({ status, who, when }) => text`${status}: ${who}, ${when}`,
  summary: (task, status) => `${task}: «${status}»`,
  summaryOverdue: (task, status) => `${task}: «${status}», vencida`,
};
