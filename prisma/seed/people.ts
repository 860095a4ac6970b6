/** The eight people of Harbor Works, as the database and the local chat clients both know them. */
export interface DemoPerson {
  /** First name in lower case: the user name in the local Slack. */
  user: DemoUser;
  name: string;
  email: string;
  timeZone: string;
  locale: string;
  role: 'admin' | 'manager' | 'worker';
  /** Whom a worker reports to. */
  manager?: DemoUser;
  projects: readonly DemoProjectKey[];
}

export type DemoUser = 'maya' | 'omar' | 'wes' | 'priya' | 'lena' | 'tom' | 'aiko' | 'sam';
export type DemoProjectKey = 'DOCK' | 'LINE';

/** The first five are also the people of the Teams playground, which takes exactly five. */
export const demoPeople: readonly DemoPerson[] = [
  {
    ...named('maya', 'Maya Okafor'),
    timeZone: 'America/New_York',
    locale: 'en-US',
    role: 'admin',
    projects: ['DOCK', 'LINE'],
  },
  {
    ...named('omar', 'Omar Haddad'),
    timeZone: 'Europe/Berlin',
    locale: 'en-GB',
    role: 'manager',
    projects: ['LINE', 'DOCK'],
  },
  {
    ...named('wes', 'Wes Carter'),
    timeZone: 'America/New_York',
    locale: 'en-US',
    role: 'worker',
    manager: 'maya',
    projects: ['DOCK'],
  },
  {
    ...named('priya', 'Priya Nair'),
    timeZone: 'Asia/Kolkata',
    locale: 'en-IN',
    role: 'worker',
    manager: 'maya',
    projects: ['DOCK'],
  },
  {
    ...named('lena', 'Lena Vogt'),
    timeZone: 'Europe/Berlin',
    locale: 'en-GB',
    role: 'worker',
    manager: 'maya',
    projects: ['DOCK', 'LINE'],
  },
  {
    ...named('tom', 'Tom Reilly'),
    timeZone: 'Europe/London',
    locale: 'en-GB',
    role: 'worker',
    manager: 'omar',
    projects: ['DOCK', 'LINE'],
  },
  {
    ...named('aiko', 'Aiko Tanaka'),
    timeZone: 'Asia/Tokyo',
    locale: 'en-US',
    role: 'worker',
    manager: 'omar',
    projects: ['LINE'],
  },
  {
    ...named('sam', 'Sam Ngata'),
    timeZone: 'Pacific/Auckland',
    locale: 'en-NZ',
    role: 'worker',
    manager: 'omar',
    projects: ['LINE'],
  },
];

function named(user: DemoUser, name: string): Pick<DemoPerson, 'user' | 'name' | 'email'> {
  return { user, name, email: `${user}@harbor.example` };
}
