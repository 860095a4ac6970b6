import type { Messages } from '../../messages.ts';

export const input: Messages['input'] = {
  taskNumber: 'El número de una tarea son solo cifras, como 42.',
  noSuchNumber: 'No hay ninguna tarea con ese número.',
  tooLong: (longest) => `Es demasiado largo: ${longest} caracteres como máximo.`,
  titleTooLong: (length, longest) =>
    `Ese título tiene ${length} caracteres y el máximo es ${longest}. Que sea corto: pon el resto en un comentario.`,
  tooManyPeople: (most) => `Son demasiadas personas: ${most} como máximo.`,
  priority: 'La prioridad es low, normal, high o urgent.',
  priorityOf: 'La prioridad es low, normal, high o urgent, como `priority 42 high`.',
  oneOfTwo: 'Elige una de las dos opciones.',
  role: 'Un rol es worker, manager o admin, como `team add @wes manager`.',
  page: 'Una página es un número.',
  lastPage: 'Las listas terminan antes. Acota la búsqueda: `list DOCK overdue` o `find pump`.',
  status: 'Di también el estado, como `status 42 in review`.',
  statusTooLong: 'Es demasiado largo para un estado.',
  comment: 'Di qué quieres comentar.',
  buttonOutOfDate: 'Este botón ya no está al día.',
  formOutOfDate: 'Este formulario ya no está al día.',
  outOfDate: 'Esto ya no está al día.',
  title: 'Di en pocas palabras qué hay que hacer.',
  addProblems: (problems) =>
    `No entiendo ${problems}. Escríbelo como \`add "Reseal pump 3" @wes due tomorrow 2pm !high\`.`,
  part: (number) => `Di cuál es la parte, como \`sub ${number} Order the seals @wes\`.`,
  partProblems: (number, problems) =>
    `No entiendo ${problems}. Escríbelo como \`sub ${number} "Order the seals" @wes due fri\`.`,
  partProject: (number, project) =>
    `Una subtarea pertenece al proyecto de #${number}: quita \`in ${project}\`.`,
  newTitle: (number) => `Di también el título nuevo, como \`rename ${number} Reseal pump 3\`.`,
  when: (number) => `Di cuándo, como \`due ${number} fri 5pm\` o \`due ${number} none\`.`,
  find: 'Di qué buscar, como `find pump`.',
  teamVerb: (verb) =>
    `No conozco \`team ${verb}\`. Existen \`team list\`, \`team add @who\` y \`team remove @who\`.`,
  whoToAdd: 'Di a quién, como `team add @wes` o `team add wes@example.com manager`.',
  whoToRemove: 'Di a quién, como `team remove @wes` o `team remove @wes to @tom`.',
  projectVerb: (verb) =>
    `No conozco «project ${verb}». Existen \`project list\`, \`project members <KEY>\` y, para responsables, \`project create\`, \`project policy\` y \`project archive\`.`,
  projectToLink: 'Di qué proyecto, como `link DOCK`.',
  projectToArchive: 'Di qué proyecto, como `project archive DOCK`.',
  newProject: 'Di una clave y un nombre, como `project create DOCK Dock maintenance`.',
  members: 'Escríbelo como `project members DOCK +@wes -@tom`.',
  memberProblem: (problem) =>
    `No entiendo «${problem}». Escríbelo como \`project members DOCK +@wes -@tom\`.`,
  helpTopic: (topic) => `No existe el comando «${topic}». \`help\` los muestra todos.`,
  helpTopicNear: (topic, near) =>
    `No existe el comando «${topic}». ¿Querías decir \`help ${near}\`? \`help\` los muestra todos.`,
  command: (typed) => `No conozco «${typed}». La ayuda muestra todo lo que puedo hacer.`,
  commandNear: (typed, near) =>
    `No conozco «${typed}». ¿Querías decir «${near}»? La ayuda muestra todo lo que puedo hacer.`,
};
