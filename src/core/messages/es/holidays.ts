import type { Messages } from '../../messages.ts';

export const holidays: Messages['holidays'] = {
  title: 'Días libres para todos',
  empty: 'No hay ningún día libre. Un administrador escribe `holiday add 25.12. <name>`.',
  added: (name, day) =>
    `${name}, ${day}, es ahora un día libre para todos: lo que no es urgente espera y no hay resumen.`,
  removed: (name, day) => `${name}, ${day}, vuelve a ser laborable.`,
  none: (day) => `${day} no es un día libre. \`holiday\` muestra cuáles lo son.`,
  which: 'Di qué día y su nombre, como `holiday add 25.12. <name>`.',
  unknown: (typed) =>
    `No conozco \`holiday ${typed}\`. Hay \`holiday\`, \`holiday add 25.12. <name>\` y \`holiday remove 25.12.\``,
  remove: 'Quitar',
};
