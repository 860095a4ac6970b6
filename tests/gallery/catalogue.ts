import type { Sample } from './sample.ts';
import { bundleSamples } from './samples/bundles.ts';
import { taskSamples } from './samples/cards.ts';
import { connectSamples } from './samples/connect.ts';
import { digestSamples } from './samples/digests.ts';
import { errorSamples } from './samples/errors.ts';
import { formSamples } from './samples/forms.ts';
import { historySamples } from './samples/history.ts';
import { listSamples } from './samples/lists.ts';
import { notificationSamples } from './samples/notifications.ts';
import { peopleSamples } from './samples/people.ts';
import { projectSamples } from './samples/projects.ts';
import { reminderSamples } from './samples/reminders.ts';
import { repeatSamples } from './samples/repeats.ts';
import { reportSamples } from './samples/reports.ts';
import { settingsSamples } from './samples/settings.ts';
import { setupSamples } from './samples/setup.ts';

/** Every message that Crewline can send. Whoever adds a view adds its samples: tests/unit/gallery.test.ts. */
export const catalogue: readonly Sample[] = [
  ...taskSamples,
  ...historySamples,
  ...listSamples,
  ...reportSamples,
  ...formSamples,
  ...peopleSamples,
  ...projectSamples,
  ...settingsSamples,
  ...connectSamples,
  ...notificationSamples,
  ...reminderSamples,
  ...repeatSamples,
  ...bundleSamples,
  ...digestSamples,
  ...setupSamples,
  ...errorSamples,
];

/** The catalogue by view, in its order. */
export function byView(samples: readonly Sample[] = catalogue): Map<string, Sample[]> {
  const views = new Map<string, Sample[]>();
  for (const sample of samples) views.set(sample.view, [...(views.get(sample.view) ?? []), sample]);
  return views;
}
