import { auditFile } from './en/audit-file.ts';
import { bundles } from './en/bundles.ts';
import { buttons } from './en/buttons.ts';
import { card } from './en/card.ts';
import { cards } from './en/cards.ts';
import { changes } from './en/changes.ts';
import { connect } from './en/connect.ts';
import { crew } from './en/crew.ts';
import { dates } from './en/dates.ts';
import { delivery } from './en/delivery.ts';
import { dialogs } from './en/dialogs.ts';
import { digest } from './en/digest.ts';
import { errors } from './en/errors.ts';
import { follow } from './en/follow.ts';
import { forms } from './en/forms.ts';
import { groups } from './en/groups.ts';
import { hello } from './en/hello.ts';
import { help } from './en/help.ts';
import { history } from './en/history.ts';
import { holidays } from './en/holidays.ts';
import { home } from './en/home.ts';
import { input } from './en/input.ts';
import { join } from './en/join.ts';
import { lists } from './en/lists.ts';
import { offer } from './en/offer.ts';
import { policy } from './en/policy.ts';
import { projects } from './en/projects.ts';
import { reminders } from './en/reminders.ts';
import { repeats } from './en/repeats.ts';
import { report } from './en/report.ts';
import { search } from './en/search.ts';
import { settings } from './en/settings.ts';
import { slack } from './en/slack.ts';
import { summaries } from './en/summaries.ts';
import { tasks } from './en/tasks.ts';
import { team } from './en/team.ts';
import { teams } from './en/teams.ts';
import { told } from './en/told.ts';
import { weekly } from './en/weekly.ts';
import { words } from './en/words.ts';

/** One section a part of the product; functions where something has to be filled in. */
export const en = {
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
