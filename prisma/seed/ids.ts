import type { DemoProjectKey, DemoUser } from './people.ts';

/** Fixed and readable ids: a second seed finds what the first one made. */
export const organizationId = 'harbor-works';
export const personId = (user: DemoUser): string => `harbor-person-${user}`;
export const managerId = (user: DemoUser): string => `harbor-manager-${user}`;
export const workerId = (user: DemoUser): string => `harbor-worker-${user}`;
export const projectId = (key: DemoProjectKey): string => `harbor-project-${key.toLowerCase()}`;
export const statusId = (name: DemoStatus): string =>
  `harbor-status-${name.toLowerCase().replaceAll(' ', '-')}`;
export const taskId = (number: number): string => `harbor-task-${number}`;

/** The workflow, in the order in which people see it. */
export const demoStatuses = [
  { name: 'To do', category: 'todo' },
  { name: 'In progress', category: 'active' },
  { name: 'Blocked', category: 'blocked' },
  { name: 'In review', category: 'review' },
  { name: 'Done', category: 'done' },
  { name: 'Cancelled', category: 'cancelled' },
] as const;

export type DemoStatus = (typeof demoStatuses)[number]['name'];

/** LINE asks for approval, so that finished work there waits for Omar. */
export const demoProjects = [
  { key: 'DOCK', name: 'Dock maintenance', owner: 'maya', needsApproval: false },
  { key: 'LINE', name: 'Line operations', owner: 'omar', needsApproval: true },
] as const;
