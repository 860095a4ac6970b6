import type { Messages } from '../../messages.ts';

export const history: Messages['history'] = {
  pageGone: 'Esa página del registro no se encuentra. Pide el registro otra vez desde el principio.',
};
