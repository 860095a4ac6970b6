import type { Messages } from '../messages.ts';
import { auditFile } from './es/audit-file.ts';
import { buttons } from './es/buttons.ts';
import { cards } from './es/cards.ts';
import { crew } from './es/crew.ts';
import { dates } from './es/dates.ts';
import { dialogs } from './es/dialogs.ts';
import { errors } from './es/errors.ts';
import { history } from './es/history.ts';
import { input } from './es/input.ts';
import { lists } from './es/lists.ts';
import { projects } from './es/projects.ts';
import { reminders } from './es/reminders.ts';
import { repeats } from './es/repeats.ts';
import { report } from './es/report.ts';
import { search } from './es/search.ts';
import { settings } from './es/settings.ts';
import { tasks } from './es/tasks.ts';
import { words } from './es/words.ts';

export const es: Messages = {
  auditFile,
  buttons,
  cards,
  crew,
  dates,
  dialogs,
  errors,
  history,
  input,
  lists,
  projects,
  reminders,
  repeats,
  report,
  search,
  settings,
  tasks,
  words,
};
