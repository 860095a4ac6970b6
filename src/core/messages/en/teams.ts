/** What the Teams adapter says itself: around an answer, and where a card has room for no more. */
export const teams = {
  stillWorking: 'Still working… the answer comes in a moment.',
  done: 'Done.',
  formBelow: 'Fill in the form below.',
  answerBelow: 'The answer stands below.',
  answerInOurChat: 'The answer comes in our chat.',
  answeredInOurChat: 'I answered you in our chat.',
  formInOurChat: 'I have sent you the form in our chat.',
  openOurChat:
    'This answer is for you alone, and I can’t write to you yet: open Apps in Teams, add Crewline, then ask me again.',
  notOurs: 'This button is not one that I know. Ask me for the task again.',
  failed: (key: string) =>
    `Something went wrong here. Please try again; if it stays so, tell your admin "${key}".`,
  goAhead: 'Yes, go ahead',
  oneButtonLess: 'One button does not fit here.',
  buttonsLess: (count: number) => `${count} buttons do not fit here.`,
  optionsLess: (count: number) => `… and ${count} more that do not fit here: type the command instead`,
  more: '… and more that does not fit here',
  /** At a field that was left empty */
  needed: 'Fill this in.',
  formTooLong: 'This form is too long to show here.',
  answerTooLong: 'This answer is too long to show here.',
};
