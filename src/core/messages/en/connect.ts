import { words } from './words.ts';

/** One person on both platforms: `connect`, `disconnect`, `whoami`. */
export const connect = {
  platforms: { slack: 'Slack', teams: 'Teams' },
  code: (code: string, command: string, platforms: readonly string[]) =>
    `Your code is ${code}. In your chat with me on ${words.or(platforms)}, write \`${command}\` within ten minutes. It works once; give it to nobody.`,
  codeShort: 'Your code to connect',
  codeAck: 'I have told you the code in private.',
  privately: 'I have answered you in private.',
  saidOnce: 'I have said that once already, and keep it nowhere. Type `connect` for a new code.',
  nowhereElse: 'You are connected on every platform that I am on. `whoami` shows where.',
  noCode:
    'A code has ten letters and digits, like K7QPM-3XDFA. Type `connect` on the other platform to get one.',
  wrongCode:
    'That code is wrong, used up or older than ten minutes. Type `connect` on the other platform to get a new one.',
  ownCode: 'That is your own code: type it on the other platform.',
  twoAccounts: (name: string, platform: string) =>
    `${name} has another account on ${platform}, so you are two people. An admin can remove one of them.`,
  formerMember: 'This account is somebody’s who has left. Type `join` to ask a manager to let you back in.',
  sure: (name: string, email: string, platforms: readonly string[]) =>
    `That code is ${name}’s${email ? ` (${email})` : ''}. If that is you, you become one person on ${words.and(platforms)}: tasks, comments, projects and roles come together. It can’t be taken back.`,
  sureShort: (name: string) => `Are you ${name}?`,
  thatIsMe: 'That is me',
  done: (name: string, platforms: readonly string[]) => `You are ${name} on ${words.and(platforms)}.`,
  ack: 'You are connected.',
  onlyOne: (platform: string) =>
    `You are connected on ${platform} alone: there is nothing to separate. \`connect\` adds another.`,
  separateSure: (platform: string, others: readonly string[]) =>
    `Your ${platform} account becomes a person of its own, a worker without tasks. Everything stays with you on ${words.and(others)}.`,
  separate: 'Separate',
  separated: (platform: string, others: readonly string[]) =>
    `Your ${platform} account is a person of its own now. Everything stayed with you on ${words.and(others)}.`,
  separatedAck: 'That account is separated.',
  whichPlatform: 'Say which one, like `disconnect teams`.',

  you: (name: string, roles: string) => `You are ${name}, ${roles}`,
  role: 'Role',
  roles: { admin: 'admin', manager: 'manager', worker: 'worker' },
  with: (roles: string, manager: string) => `${roles}, with ${manager}`,
  projects: 'Projects',
  noProjects: 'none yet',
  email: 'E-mail',
  noEmail: 'not known to me',
  time: 'Your time',
  connected: 'Connected',
  accounts: (accounts: readonly string[]) => words.and(accounts),
  notOn: (accounts: string, platforms: readonly string[]) => `${accounts}; not on ${words.or(platforms)}`,
  connectButton: (platform: string) => `Connect ${platform}`,
};
