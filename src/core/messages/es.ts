import type { Messages } from '../messages.ts';
import { auditFile } from './es/audit-file.ts';
import { bundles } from './es/bundles.ts';
import { buttons } from './es/buttons.ts';
import { cards } from './es/cards.ts';
import { connect } from './es/connect.ts';
import { crew } from './es/crew.ts';
import { dates } from './es/dates.ts';
import { delivery } from './es/delivery.ts';
import { dialogs } from './es/dialogs.ts';
import { digest } from './es/digest.ts';
import { errors } from './es/errors.ts';
import { follow } from './es/follow.ts';
import { groups } from './es/groups.ts';
import { history } from './es/history.ts';
import { holidays } from './es/holidays.ts';
import { input } from './es/input.ts';
import { lists } from './es/lists.ts';
import { policy } from './es/policy.ts';
import { projects } from './es/projects.ts';
import { reminders } from './es/reminders.ts';
import { repeats } from './es/repeats.ts';
import { report } from './es/report.ts';
import { search } from './es/search.ts';
import { settings } from './es/settings.ts';
import { tasks } from './es/tasks.ts';
import { weekly } from './es/weekly.ts';
import { words } from './es/words.ts';

export const es: Messages = {
  auditFile,
  bundles,
  buttons,
  cards,
  connect,
  crew,
  dates,
  delivery,
  dialogs,
  digest,
  errors,
  follow,
  groups,
  history,
  holidays,
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
  weekly,
  words,
};
