import { auditFile } from './en/audit-file.ts';
import { bundles } from './en/bundles.ts';
import { buttons } from './en/buttons.ts';
import { cards } from './en/cards.ts';
import { connect } from './en/connect.ts';
import { crew } from './en/crew.ts';
import { dates } from './en/dates.ts';
import { dialogs } from './en/dialogs.ts';
import { errors } from './en/errors.ts';
import { groups } from './en/groups.ts';
import { history } from './en/history.ts';
import { input } from './en/input.ts';
import { lists } from './en/lists.ts';
import { policy } from './en/policy.ts';
import { projects } from './en/projects.ts';
import { reminders } from './en/reminders.ts';
import { repeats } from './en/repeats.ts';
import { report } from './en/report.ts';
import { search } from './en/search.ts';
import { settings } from './en/settings.ts';
import { tasks } from './en/tasks.ts';
import { words } from './en/words.ts';

/** One section a part of the product; functions where something has to be filled in. */
export const en = {
  auditFile,
  bundles,
  buttons,
  cards,
  connect,
  crew,
  dates,
  dialogs,
  errors,
  groups,
  history,
  input,
  lists,
  policy,
  projects,
  reminders,
  repeats,
  report,
  search,
  settings,
  tasks,
  words,
};
