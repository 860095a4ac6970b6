import { describe } from '@jest/globals';
import { adapterContract } from './adapter-contract.ts';
import { createSlackRig } from './slack-rig.ts';
import { createTeamsRig } from './teams-rig.ts';

describe('the Slack adapter', () => adapterContract(createSlackRig));
describe('the Teams adapter', () => adapterContract(createTeamsRig));
