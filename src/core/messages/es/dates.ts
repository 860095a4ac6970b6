import type { Messages } from '../../messages.ts';

export const dates: Messages['dates'] = {
  unreadable: (date, instead) => `No entiendo eso como fecha: «${date}». ${instead}`,
  past: (date, instead) => `Eso ya ha pasado: «${date}». ${instead}`,
  ambiguous: (date, instead) => `Eso puede ser dos momentos distintos: «${date}». ${instead}`,
  'nonexistent-date': (date, instead) => `Ese día no existe: «${date}». ${instead}`,
  suggestion: (date) => `¿Querías decir «${date}»?`,
  examples: 'Las fechas se escriben en inglés: prueba «tomorrow 2pm», «fri», «in 2h» o «30 nov».',
  unreadableSince: (words) =>
    `No entiendo «${words}» como momento. Prueba «since yesterday», «since 3 days» o «since monday».`,
};
