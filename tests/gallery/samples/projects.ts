import { projectView } from '../../../src/views/project.ts';
import { type Sample, samplesOf } from '../sample.ts';
import type { World } from '../world.ts';

const project = ({ words }: World) => ({
  id: 'p1',
  key: words.projectKey,
  name: words.projectName,
  ownerName: words.manager,
  members: 7,
  open: 12,
  overdue: 3,
  needsApproval: true,
  archived: false,
});

export const projectSamples: readonly Sample[] = samplesOf(projectView, {
  'to its manager': (world) => projectView(project(world), { manages: true, messages: world.messages }),
  'to a worker': (world) =>
    projectView(
      { ...project(world), overdue: 0, needsApproval: false },
      { manages: false, messages: world.messages },
    ),
  archived: (world) =>
    projectView(
      { ...project(world), open: 0, overdue: 0, archived: true },
      { manages: true, messages: world.messages },
    ),
});
