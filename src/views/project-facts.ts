import type { Messages } from '../core/messages.ts';
import { type RichText, text } from '../core/view.ts';
import type { ProjectSummary } from '../services/projects.ts';
import { counted, facts } from './words.ts';

/** How a project stands, on one line. */
export const projectFacts = (project: ProjectSummary, { policy }: Messages): RichText =>
  facts([
    text`${project.open} open`,
    project.overdue > 0 ? text`${project.overdue} overdue` : undefined,
    text`${counted(project.members, 'member')}`,
    text`${project.ownerName}`,
    project.needsApproval ? text`${policy.approval}` : undefined,
  ]);
