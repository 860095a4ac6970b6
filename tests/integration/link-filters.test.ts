import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Crew, openCrew } from '../support/crew.ts';

let crew: Crew;
beforeAll(async () => {
  crew = await openCrew();
});
afterAll(() => crew.close());

it('shows a channel only the tasks that its link asks for', async () => {
  const linked = await crew.says('maya', 'link DOCK !high', { channel: 'C-urgent' });
  expect(linked.words).toContain('New tasks of high priority or above are shown,');

  await crew.says('maya', 'add "Sweep the quay" in DOCK');
  await crew.says('maya', 'add "Pump 2 leaks" !urgent in DOCK');
  await crew.settle();

  expect(crew.messagesIn('C-urgent').map(({ view }) => view.summary)).toEqual(['#32 Pump 2 leaks: To do']);
  expect((await crew.says('maya', 'links')).words).toContain('high priority and above');
});

it('shows every task where the link asks for none', async () => {
  await crew.says('maya', 'link DOCK', { channel: 'C-all' });
  await crew.says('maya', 'add "Paint the rail" !low in DOCK');
  await crew.settle();

  expect(crew.messagesIn('C-all').map(({ view }) => view.summary)).toEqual(['#33 Paint the rail: To do']);
});
