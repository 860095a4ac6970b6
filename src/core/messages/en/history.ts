/** The audit log and a task’s timeline. */
export const history = {
  pageGone: 'That page of the audit log cannot be found. Ask for the log again from its beginning.',
};
