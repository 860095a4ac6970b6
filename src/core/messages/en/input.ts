/** What is wrong with the words of a command or the fields of a form, and what to type instead. */
export const input = {
  taskNumber: 'A task’s number is only digits, like 42.',
  noSuchNumber: 'There is no task with such a number.',
  tooLong: (longest: number) => `That is too long: ${longest} characters at most.`,
  titleTooLong: (length: number, longest: number) =>
    `That title has ${length} characters; ${longest} are the most. Keep it short and put the rest in a comment.`,
  tooManyPeople: (most: number) => `That is too many people: ${most} at most.`,
  priority: 'Priority is low, normal, high or urgent.',
  priorityOf: 'Priority is low, normal, high or urgent, like `priority 42 high`.',
  oneOfTwo: 'Choose one of the two.',
  role: 'A role is worker, manager or admin, like `team add @wes manager`.',
  page: 'A page is a number.',
  lastPage: 'Lists end before that. Narrow it down: `list DOCK overdue`, or `find pump`.',
  status: 'Say the status too, like `status 42 in review`.',
  statusTooLong: 'That is too long for a status.',
  comment: 'Say what to comment.',
  buttonOutOfDate: 'This button is out of date.',
  formOutOfDate: 'This form is out of date.',
  outOfDate: 'This is out of date.',
  title: 'Say in a few words what is to be done.',
  addProblems: (problems: string) =>
    `I don’t understand ${problems}. Write it like \`add "Reseal pump 3" @wes due tomorrow 2pm !high\`.`,
  part: (number: number) => `Say what the part is, like \`sub ${number} Order the seals @wes\`.`,
  partProblems: (number: number, problems: string) =>
    `I don’t understand ${problems}. Write it like \`sub ${number} "Order the seals" @wes due fri\`.`,
  partProject: (number: number, project: string) =>
    `A subtask belongs to the project of #${number}: leave out \`in ${project}\`.`,
  newTitle: (number: number) => `Say the new title too, like \`rename ${number} Reseal pump 3\`.`,
  when: (number: number) => `Say when, like \`due ${number} fri 5pm\` or \`due ${number} none\`.`,
  find: 'Say what to look for, like `find pump`.',
  teamVerb: (verb: string) =>
    `I don’t know \`team ${verb}\`. There are \`team list\`, \`team add @who\` and \`team remove @who\`.`,
  whoToAdd: 'Say who, like `team add @wes` or `team add wes@example.com manager`.',
  whoToRemove: 'Say who, like `team remove @wes` or `team remove @wes to @tom`.',
  projectVerb: (verb: string) =>
    `I don’t know “project ${verb}”. There are \`project list\`, \`project members <KEY>\`, and for managers \`project create\`, \`project policy\` and \`project archive\`.`,
  projectToLink: 'Say which project, like `link DOCK`.',
  projectToArchive: 'Say which project, like `project archive DOCK`.',
  newProject: 'Say a key and a name, like `project create DOCK Dock maintenance`.',
  members: 'Write it like `project members DOCK +@wes -@tom`.',
  memberProblem: (problem: string) =>
    `I don’t understand “${problem}”. Write it like \`project members DOCK +@wes -@tom\`.`,
  helpTopic: (topic: string) => `There is no command “${topic}”. \`help\` lists all.`,
  helpTopicNear: (topic: string, near: string) =>
    `There is no command “${topic}”. Did you mean \`help ${near}\`? \`help\` lists all.`,
  command: (typed: string) => `I don’t know “${typed}”. Help lists everything that I can do.`,
  commandNear: (typed: string, near: string) =>
    `I don’t know “${typed}”. Did you mean “${near}”? Help lists everything that I can do.`,
};
