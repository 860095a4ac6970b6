import type { Messages } from '../core/messages.ts';
import { type Button, bold, text, type View } from '../core/view.ts';
import type { ProjectSummary } from '../services/projects.ts';
import { projectFacts } from './project-facts.ts';

/** One project: how it stands, and what can be done with it. */
export function projectView(
  project: ProjectSummary,
  { manages, messages }: { manages: boolean; messages: Messages },
): View {
  const { policy } = messages;
  const { key, name, needsApproval, archived } = project;
  // Of what has ended, people look for what was done.
  const query = archived && project.open === 0 ? `${key} done` : key;
  const buttons: Button[] = [
    { label: policy.tasks, tone: 'primary', intent: { action: 'list', args: { query } } },
  ];
  if (!archived)
    buttons.push({ label: policy.members, intent: { action: 'project-members', args: { project: key } } });
  if (manages && !archived) {
    const args = { project: key, approval: needsApproval ? 'off' : 'on' };
    const label = needsApproval ? policy.dropApproval : policy.askForApproval;
    buttons.push({ label, intent: { action: 'project-policy', args } });
  }
  return {
    summary: `${key} ${name}`,
    nodes: [
      { type: 'text', text: text`${bold(key)} ${name}` },
      { type: 'text', text: projectFacts(project, messages) },
      { type: 'actions', buttons },
    ],
  };
}
