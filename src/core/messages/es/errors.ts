import type { Messages } from '../../messages.ts';

export const errors: Messages['errors'] = {
  unknownAction: 'No conozco ese comando. Escribe `help` para ver qué puedo hacer.',
  invalidArguments: 'No entiendo eso. Escribe `help` para ver cómo se escribe.',
  unknownTask: 'No hay ninguna tarea con ese número que puedas ver. `list` muestra las tuyas.',
  noTaskInContext: '¿Qué tarea? Añade su número: `list` muestra las tuyas.',
  unknownPerson: 'No conozco a esa persona. Usa su @nombre o su correo de trabajo.',
  ambiguousPerson: 'Hay más de una persona con ese nombre: usa su @nombre.',
  whichPerson: (typed) => `¿A quién te refieres con «${typed}»?`,
  somebodyElse: 'Si es otra persona, usa su @nombre o su correo de trabajo.',
  unknownProject: 'No conozco ese proyecto. `project list` muestra los tuyos.',
  notAllowed: 'No tienes permiso para eso. Pregunta a tu responsable.',
  notPossibleNow: 'Eso no es posible en el estado actual de la tarea.',
  changedMeanwhile:
    'Otra persona ha cambiado esto en el mismo momento, así que lo he dejado como está. Inténtalo de nuevo.',
  databaseUnavailable:
    'Ahora mismo no puedo acceder a mi base de datos, así que no ha cambiado nada. Inténtalo de nuevo en un minuto: hacerlo dos veces no causa problemas.',
  auditUnavailable: 'Ahora mismo no se puede leer el historial. Inténtalo de nuevo en un minuto.',
  platformUnavailable: 'La plataforma de chat no me responde ahora. Inténtalo de nuevo en un minuto.',
  unexpected: (reference) =>
    `Algo ha fallado por mi parte y no ha cambiado nada. Si vuelve a pasar, da esta referencia a tu administrador: \`${reference}\``,
  notInstalled:
    'Crewline no está configurado en este espacio de trabajo. Pide a quien lo gestiona que lo instale aquí.',
  projects: 'Proyectos',
  tryAgain: 'Reintentar',
};
