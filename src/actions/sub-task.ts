import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { addSubtask } from '../services/subtasks.ts';
import { subtaskCreated } from '../views/task-created.ts';
import { createArgs, newTaskOf, readNewTask } from './add-task.ts';
import { takeTask, taskNumber, theTask } from './arguments.ts';
import { action } from './context.ts';

export const addPartOfTask = action({
  name: 'sub',
  aliases: ['subtask'],
  usage: ['sub <n> <title> [@who] [due <when>] [!high]'],
  topic: 'manage',
  access: 'member',
  effect: 'change',
  read(line, typed) {
    const task = takeTask(line);
    return { ...(task ? { task } : {}), ...readNewTask(line, typed) };
  },
  args: z.object({ task: taskNumber, ...createArgs }),
  async run(context, { task, title, project, problems, ...given }) {
    const number = await theTask(context, task);
    if (!title) {
      throw new AppError('invalid_arguments', { userMessage: ({ input }) => input.part(number) });
    }
    if (problems) {
      throw new AppError('invalid_arguments', {
        userMessage: ({ input }) => input.partProblems(number, problems),
      });
    }
    if (project) {
      throw new AppError('invalid_arguments', {
        userMessage: ({ input }) => input.partProject(number, project),
      });
    }
    const { parent, created } = await addSubtask(context, {
      parent: number,
      ...newTaskOf({ title, ...given }),
    });
    return subtaskCreated(created, { parent, reader: context.actor, now: context.now });
  },
});
