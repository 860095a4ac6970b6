import { auditFile } from './en/audit-file.ts';
import { bundles } from './en/bundles.ts';
import { buttons } from './en/buttons.ts';
import { cards } from './en/cards.ts';
import { connect } from './en/connect.ts';
import { crew } from './en/crew.ts';
import { dates } from './en/dates.ts';
import { delivery } from './en/delivery.ts';
import { dialogs } from './en/dialogs.ts';
import { digest } from './en/digest.ts';
import { errors } from './en/errors.ts';
import { follow } from './en/follow.ts';
import { groups } from './en/groups.ts';
import { history } from './en/history.ts';
import { holidays } from './en/holidays.ts';
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
import { weekly } from './en/weekly.ts';
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
