import type { Messages } from '../../messages.ts';
import { text } from '../../view.ts';

export const slack: Messages['slack'] = {
  stillWorking: 'Sigo en ello: la respuesta llegará aquí.',
  oneMoment: 'Un momento…',
  nothingToFillIn: 'No hay nada que rellenar.',
  done: 'Hecho.',
  formByButton: 'Hay que rellenar unas cuantas cosas:',
  notInstalled:
    'Crewline no está configurado en este espacio de trabajo. Pide a quien lo gestiona aquí que lo instale de nuevo.',
  outOfDate: 'Este botón ya no está al día. Escribe lo que quieres hacer; «help» lo enumera.',
  formTooLate: (command) =>
    text`No se ha podido abrir el formulario: Slack no lo aceptó a tiempo. Inténtalo de nuevo o ponlo todo en una línea; ${command} muestra cómo.`,
  outdatedForm: 'Este formulario ya no está al día. Ábrelo de nuevo; no se ha cambiado nada.',
  unreachable: (reference) =>
    `Crewline no puede responder ahora. Inténtalo de nuevo en un minuto. (Referencia ${reference})`,
  back: 'Volver',
  cancel: 'Cancelar',
  close: 'Cerrar',
  sure: '¿Seguro?',
  nothingToChoose: (label) => `${label}: todavía no hay nada que elegir`,
  cut: (longest) => `Tu texto se ha cortado a ${longest} caracteres.`,
  hidden: (count) => `Hay ${count} más que no se muestran; escribe el comando para elegir una.`,
  noButton: (labels) =>
    `Sin botón para ${labels}: lo que enviaría es demasiado largo. Escribe el comando con menos palabras.`,
  moreParts: (count) => `… y ${count} partes más, demasiado largas para mostrarlas aquí`,
};
