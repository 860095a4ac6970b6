/** Cards that are brought up to date, and what their threads tell. */
export const cards = {
  noLongerSeen: (number: number) => `#${number} is no longer yours to see.`,
};
