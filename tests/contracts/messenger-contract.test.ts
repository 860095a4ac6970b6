import { describe } from '@jest/globals';
import { messengerContract } from './messenger-contract.ts';
import { createSlackMessengerRig } from './slack-messenger-rig.ts';
import { createTeamsMessengerRig } from './teams-messenger-rig.ts';

describe('the Slack messenger', () => messengerContract(createSlackMessengerRig));
describe('the Teams messenger', () => messengerContract(createTeamsMessengerRig));
