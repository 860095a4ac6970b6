/** Labels of buttons: one or two words. */
export const buttons = {
  help: 'Help',
  show: 'Show',
  reopen: 'Reopen',
};
