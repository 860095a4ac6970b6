import type { Messages } from '../../messages.ts';

export const cards: Messages['cards'] = {
  noLongerSeen: (number) => `Ya no puedes ver #${number}.`,
};
