import type { AuditLog } from '../core/ports.ts';
import { addTask } from './add-task.ts';
import { addToTask } from './add-to-task.ts';
import { approveFinishedTask, returnFinishedTask } from './approve-task.ts';
import { acceptTask, assignToPeople, claimOpenTask, declineTask, unassignFromPeople } from './assign-task.ts';
import { auditActions } from './audit.ts';
import { settingsActions } from './change-settings.ts';
import { statusActions } from './change-status.ts';
import { addComment } from './comment-task.ts';
import { connectAccounts, disconnectAccount } from './connect.ts';
import type { AnyAction } from './context.ts';
import { deliveryActions } from './delivery.ts';
import { digestActions } from './digest.ts';
import { editTaskDetails, renameTaskTitle } from './edit-details.ts';
import { setDueDate, setTaskPriority } from './edit-task.ts';
import { followActions } from './follow-task.ts';
import { helpAction } from './help.ts';
import { holidayActions } from './holidays.ts';
import { openHome } from './home.ts';
import { approveJoin, denyJoin, joinTeam } from './join.ts';
import { findTasks, listMyTasks } from './list-tasks.ts';
import { projectManagement } from './manage-projects.ts';
import { moreToDo } from './more.ts';
import { showNews } from './news.ts';
import { nudgeAssignees } from './nudge-task.ts';
import { declineOffer, offerTask } from './offer-task.ts';
import { greet, welcome, whoAmI } from './people.ts';
import { findPeopleOptions } from './people-options.ts';
import { projectPolicy } from './project-policy.ts';
import { linkProject, listChannelLinks, projectCommand, unlinkProject } from './projects.ts';
import { remindOfTask, snoozeReminders } from './remind-task.ts';
import { repeatTaskByRule } from './repeat-task.ts';
import { workReport } from './report.ts';
import { searchForTasks, shareTask } from './search.ts';
import { showSettings } from './settings.ts';
import { settingsForms } from './settings-forms.ts';
import { showTask } from './show-task.ts';
import { addPartOfTask } from './sub-task.ts';
import { teamActions } from './team.ts';
import { dropThreadReply, keepThreadReply } from './thread-reply.ts';
import { undoLastChange } from './undo.ts';

/** Everything that can be asked of Crewline, in the order of help. */
export function createActions({ auditLog }: { auditLog: AuditLog }): AnyAction[] {
  const queries = new Set<string>();
  const actions: AnyAction[] = [
    addTask,
    ...statusActions,
    claimOpenTask,
    acceptTask,
    declineTask,
    addComment,
    addToTask,
    offerTask,
    declineOffer,
    keepThreadReply,
    dropThreadReply,
    nudgeAssignees,
    ...followActions,
    remindOfTask,
    snoozeReminders,
    undoLastChange,
    listMyTasks,
    showNews,
    showTask,
    moreToDo,
    findTasks,
    searchForTasks,
    shareTask,
    projectCommand,
    assignToPeople,
    unassignFromPeople,
    findPeopleOptions,
    approveFinishedTask,
    returnFinishedTask,
    setDueDate,
    setTaskPriority,
    renameTaskTitle,
    editTaskDetails,
    addPartOfTask,
    repeatTaskByRule,
    workReport,
    ...auditActions({ log: auditLog, isQuery: (name) => queries.has(name) }),
    ...projectManagement,
    projectPolicy,
    linkProject,
    unlinkProject,
    listChannelLinks,
    ...teamActions,
    ...holidayActions,
    ...deliveryActions,
    showSettings,
    ...settingsActions,
    ...settingsForms,
    ...digestActions,
    whoAmI,
    connectAccounts,
    disconnectAccount,
    joinTeam,
    approveJoin,
    denyJoin,
    openHome,
    welcome,
    greet,
  ];
  const all = [...actions, helpAction(actions)];
  for (const { name, effect } of all) if (effect === 'query') queries.add(name);
  return all;
}
