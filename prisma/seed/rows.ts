import { DAY, HOUR, instantOf, MINUTE, startOfDay, wallTime } from '../../src/core/time-zone.ts';
import type { Prisma } from '../../src/generated/prisma/client.ts';
import { dockTasks } from './dock-tasks.ts';
import { organizationId, personId, projectId, statusId, taskId } from './ids.ts';
import { lineTasks } from './line-tasks.ts';
import { type DemoUser, demoPeople } from './people.ts';
import type { DemoTask } from './task.ts';

interface Numbered extends DemoTask {
  number: number;
}

/** The day's end where only a day is given, as in what people type. */
const END_OF_WORKING_DAY = 17 * HOUR;

/** Tasks with what hangs on them, as rows; parents stand before their subtasks. */
export function taskRows(now: Date) {
  const tasks: Numbered[] = [...dockTasks, ...lineTasks].map((task, index) => ({
    ...task,
    number: index + 1,
  }));
  return {
    tasks: tasks.map((task) => taskRow(task, now)),
    assignees: tasks.flatMap((task) => assigneeRows(task, now)),
    comments: tasks.flatMap((task) => commentRows(task, now)),
    nextNumber: tasks.length + 1,
  };
}

function taskRow(task: Numbered, now: Date): Prisma.TaskCreateManyInput {
  const createdAt = daysBefore(now, task.createdDaysAgo);
  const changedAt = daysBefore(now, task.changedDaysAgo ?? task.createdDaysAgo);
  return {
    id: taskId(task.number),
    organizationId,
    number: task.number,
    projectId: task.project ? projectId(task.project) : null,
    title: task.title,
    description: task.description ?? '',
    priority: task.priority ?? 'normal',
    dueAt: task.due ? dueAt(task.due, task.by, now) : null,
    dueHasTime: task.due?.at !== undefined,
    statusId: statusId(task.status),
    statusNote: task.note ?? null,
    statusChangedAt: changedAt,
    statusChangedById: personId(task.changedBy ?? task.by),
    assigneeMode: task.mode ?? 'anyone',
    parentId: task.parent ? taskId(task.parent) : null,
    createdById: personId(task.by),
    createdAt,
    updatedAt: changedAt,
  };
}

function assigneeRows(task: Numbered, now: Date): Prisma.TaskAssigneeCreateManyInput[] {
  return (task.assignees ?? []).map(({ user, state, note }) => ({
    taskId: taskId(task.number),
    personId: personId(user),
    state,
    note: note ?? null,
    assignedById: personId(task.by),
    assignedAt: daysBefore(now, task.createdDaysAgo),
  }));
}

function commentRows(task: Numbered, now: Date): Prisma.CommentCreateManyInput[] {
  return (task.comments ?? []).map(({ by, daysAgo, body }, index, { length }) => ({
    id: `harbor-comment-${task.number}-${index + 1}`,
    taskId: taskId(task.number),
    authorId: personId(by),
    body,
    // What was said on one day stands in the order in which it was said.
    createdAt: new Date(daysBefore(now, daysAgo).getTime() - (length - index) * 10 * MINUTE),
  }));
}

function dueAt(due: NonNullable<DemoTask['due']>, user: DemoUser, now: Date): Date {
  const timeZone = demoPeople.find((person) => person.user === user)?.timeZone ?? 'UTC';
  const day = startOfDay(wallTime(now, timeZone)) + due.inDays * DAY;
  return instantOf(day + (due.at ? timeOfDay(due.at) : END_OF_WORKING_DAY), timeZone);
}

function timeOfDay(text: string): number {
  const [hours, minutes] = text.split(':').map(Number);
  return (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE;
}

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY);
