import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { plain, type Reply, say } from '../core/view.ts';
import { setApproval } from '../services/manage-projects.ts';
import { optionalText } from './arguments.ts';
import { action } from './context.ts';

export const projectPolicy = action({
  name: 'project-policy',
  usage: ['project policy <KEY> approval on|off'],
  topic: 'setup',
  access: 'manager',
  effect: 'change',
  read(line): Record<string, string> {
    const project = line.word();
    line.keyword('approval', 'approve');
    const approval = line.word()?.toLowerCase();
    return { ...(project ? { project } : {}), ...(approval ? { approval } : {}) };
  },
  args: z.object({ project: optionalText(20), approval: optionalText(20) }),
  async run(context, { project: key, approval }): Promise<Reply> {
    const needed = /^(on|yes|needed|required)$/i.test(approval ?? '');
    if (!key || (!needed && !/^(off|no|none|never)$/i.test(approval ?? ''))) {
      throw new AppError('invalid_arguments', { userMessage: ({ policy }) => policy.which });
    }
    const project = await setApproval(context, { key, needed });
    const { policy } = context.messages;
    const sentence = (needed ? policy.approvalOn : policy.approvalOff)(project.key, project.name);
    return say(plain(sentence), { to: 'user', tone: 'good', ack: policy.ack(project.key) });
  },
});
