import type { Messages } from '../messages.ts';
import { auditFile } from './es/audit-file.ts';
import { bundles } from './es/bundles.ts';
import { buttons } from './es/buttons.ts';
import { card } from './es/card.ts';
import { cards } from './es/cards.ts';
import { changes } from './es/changes.ts';
import { connect } from './es/connect.ts';
import { crew } from './es/crew.ts';
import { dates } from './es/dates.ts';
import { delivery } from './es/delivery.ts';
import { dialogs } from './es/dialogs.ts';
import { digest } from './es/digest.ts';
import { errors } from './es/errors.ts';
import { follow } from './es/follow.ts';
import { forms } from './es/forms.ts';
import { groups } from './es/groups.ts';
import { hello } from './es/hello.ts';
import { help } from './es/help.ts';
import { history } from './es/history.ts';
import { holidays } from './es/holidays.ts';
import { home } from './es/home.ts';
import { input } from './es/input.ts';
import { join } from './es/join.ts';
import { lists } from './es/lists.ts';
import { offer } from './es/offer.ts';
import { policy } from './es/policy.ts';
import { projects } from './es/projects.ts';
import { reminders } from './es/reminders.ts';
import { repeats } from './es/repeats.ts';
import { report } from './es/report.ts';
import { search } from './es/search.ts';
import { settings } from './es/settings.ts';
import { slack } from './es/slack.ts';
import { summaries } from './es/summaries.ts';
import { tasks } from './es/tasks.ts';
import { team } from './es/team.ts';
import { teams } from './es/teams.ts';
import { told } from './es/told.ts';
import { weekly } from './es/weekly.ts';
import { words } from './es/words.ts';

export const es: Messages = {
  auditFile,
  bundles,
  buttons,
  card,
  cards,
  changes,
  connect,
  crew,
  dates,
  delivery,
  dialogs,
  digest,
  errors,
  follow,
  forms,
  groups,
  hello,
  help,
  history,
  holidays,
  home,
  input,
  join,
  lists,
  offer,
  policy,
  projects,
  reminders,
  repeats,
  report,
  search,
  settings,
  slack,
  summaries,
  tasks,
  team,
  teams,
  told,
  weekly,
  words,
};
