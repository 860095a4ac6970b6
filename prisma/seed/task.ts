import type { DemoStatus } from './ids.ts';
import type { DemoProjectKey, DemoUser } from './people.ts';

/** A task of the demo, told from today: days ahead are local calendar days of its creator. */
export interface DemoTask {
  title: string;
  description?: string;
  by: DemoUser;
  /** Absent: a personal task. */
  project?: DemoProjectKey;
  priority?: 'low' | 'normal' | 'high' | 'urgent';
  status: DemoStatus;
  /** Why it stands still, or what was said with the last change. */
  note?: string;
  /** Who changed the status last; absent: the creator. */
  changedBy?: DemoUser;
  /** Absent: the end of that working day. */
  due?: { inDays: number; at?: `${number}:${number}` };
  createdDaysAgo: number;
  changedDaysAgo?: number;
  mode?: 'anyone' | 'everyone';
  assignees?: readonly DemoAssignee[];
  /** Number of the parent, which stands before it. */
  parent?: number;
  comments?: readonly { by: DemoUser; daysAgo: number; body: string }[];
}

export interface DemoAssignee {
  user: DemoUser;
  state: 'assigned' | 'accepted' | 'declined' | 'done';
  note?: string;
}

export const assigned = (...users: DemoUser[]) => inState('assigned', users);
export const accepted = (...users: DemoUser[]) => inState('accepted', users);
export const finished = (...users: DemoUser[]) => inState('done', users);

function inState(state: DemoAssignee['state'], users: DemoUser[]): DemoAssignee[] {
  return users.map((user) => ({ user, state }));
}
