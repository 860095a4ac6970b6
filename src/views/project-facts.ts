import type { Messages } from '../core/messages.ts';
import type { RichText } from '../core/view.ts';
import type { ProjectSummary } from '../services/projects.ts';
import { facts } from './words.ts';

/** How a project stands, on one line. */
export const projectFacts = (project: ProjectSummary, { policy, projects }: Messages): RichText =>
  facts([
    project.archived ? policy.archived : undefined,
    projects.open(project.open),
    project.overdue > 0 ? projects.overdue(project.overdue) : undefined,
    projects.members(project.members),
    project.ownerName,
    project.needsApproval ? policy.approval : undefined,
  ]);
