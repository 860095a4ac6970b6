import type { Messages } from '../../messages.ts';

export const buttons: Messages['buttons'] = {
  help: 'Ayuda',
  show: 'Ver',
  reopen: 'Reabrir',
};
