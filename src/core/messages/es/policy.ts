import type { Messages } from '../../messages.ts';

export const policy: Messages['policy'] = {
  which: 'Di qué proyecto y cómo, como `project policy DOCK approval on`.',
  approvalOn: (key, name) =>
    `En ${key} ${name}, lo que se termina espera ahora la aprobación de un responsable.`,
  approvalOff: (key, name) => `En ${key} ${name}, lo que se termina queda hecho al momento.`,
  askedAlready: (key) => `${key} ya pide aprobación.`,
  notAskedAnyway: (key) => `${key} no pide aprobación.`,
  ack: (key) => `La política de ${key} ha cambiado.`,
  approval: 'con aprobación',
  archived: 'archivado',
  noApproval: 'sin aprobación',
  tasks: 'Tareas',
  members: 'Miembros',
  askForApproval: 'Pedir aprobación',
  dropApproval: 'Sin aprobación',
};
