import { describeUnless, localSlackMissing } from '../support/optional.ts';
import { openSlack, tellSlackStory } from './slack-story.ts';

describeUnless(localSlackMissing())('a local Slack in Socket Mode', () => {
  tellSlackStory(openSlack('socket'));
});
