import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DeliveryError, type DeliveryFailure, type Messenger } from '../../src/core/ports.ts';
import { plain, type View } from '../../src/core/view.ts';

/** How a platform may fail, each in its own form. */
export type Trouble =
  /** 429, to come back in 7 s */
  | 'throttled'
  /** 429 without a word on when */
  | 'throttled without a time'
  | 'blocked by the person'
  | 'not in the channel'
  | 'removed from the workspace'
  | 'the message was deleted'
  | 'an error of its own'
  | 'no answer'
  | 'no connection';

/** What arrived at the platform. */
export interface Arrived {
  type: 'send' | 'update';
  /** Conversation */
  to: string;
  words: string;
}

/** One platform's messenger before a stand-in for the platform. */
export interface MessengerRig {
  messenger: Messenger;
  workspace: { id: string; externalId: string };
  userId: string;
  /** Of a direct conversation that is known. */
  directAddress: string;
  directId: string;
  channelId: string;
  /** What the channel's invocations carry. */
  channelAddress: string | undefined;
  /** From now on, until the next call of this. */
  trouble(what: Trouble | undefined): Promise<void>;
  arrived(): Arrived[];
  /** How often a direct conversation was opened. */
  opened(): number;
  close(): Promise<void>;
}

const view: View = {
  summary: '#42 is yours',
  nodes: [
    { type: 'text', text: plain('#42 is yours') },
    {
      type: 'actions',
      buttons: [{ label: 'Start', intent: { action: 'start', args: { task: '42' } } }],
    },
  ],
};

/** Rigs leave a platform that says nothing after half a second. */
const LEFT_WITHIN_MS = 2_000;

/** What every messenger must do, whatever its platform. */
export function messengerContract(createRig: () => Promise<MessengerRig>): void {
  let rig: MessengerRig;
  beforeEach(async () => {
    rig = await createRig();
  });
  afterEach(() => rig.close());

  const sendDirect = (address: string | undefined = rig.directAddress) =>
    rig.messenger.sendDirect({ workspace: rig.workspace, userId: rig.userId, address, view });
  const openAndSend = () =>
    rig.messenger.sendDirect({ workspace: rig.workspace, userId: rig.userId, address: undefined, view });
  const place = () => ({
    workspace: rig.workspace,
    channelId: rig.channelId,
    address: rig.channelAddress,
    view,
  });
  const post = () => rig.messenger.post(place());
  const update = () => rig.messenger.update({ ...place(), messageId: 'message-1' });

  test('a direct message opens the conversation, and gives the address to keep', async () => {
    const sent = await openAndSend();
    expect(rig.opened()).toBe(1);
    expect(sent).toMatchObject({ channelId: expect.any(String), messageId: expect.stringMatching(/./) });
    expect(rig.arrived()).toEqual([
      { type: 'send', to: sent.channelId, words: expect.stringContaining('#42 is yours') },
    ]);
    const again = await sendDirect(sent.address);
    expect(again).toMatchObject({ channelId: sent.channelId, address: sent.address });
    expect(rig.opened()).toBe(1);
  });

  test('a direct message goes to the address that is known', async () => {
    expect(await sendDirect()).toMatchObject({ channelId: rig.directId, address: rig.directAddress });
    expect(rig.opened()).toBe(0);
    expect(rig.arrived().map(({ to }) => to)).toEqual([rig.directId]);
  });

  test('a post stands in its channel, and is replaced by an update', async () => {
    const posted = await post();
    expect(posted).toEqual({ channelId: rig.channelId, messageId: expect.stringMatching(/./) });
    await rig.messenger.update({ ...place(), ...posted });
    expect(rig.arrived().map(({ type, to }) => [type, to])).toEqual([
      ['send', rig.channelId],
      ['update', rig.channelId],
    ]);
  });

  const everything = { 'a direct message': sendDirect, 'a post': post, 'an update': update };
  const either: Record<string, DeliveryFailure['kind']> = {
    'a direct message': 'ambiguous',
    'a post': 'ambiguous',
    'an update': 'failed',
  };

  describe.each(Object.entries(everything))('%s', (which, send) => {
    const failure = async (what: Trouble): Promise<DeliveryFailure> => {
      await rig.trouble(what);
      const error = await send().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof DeliveryError)) throw new Error(`No DeliveryError but: ${String(error)}`);
      expect(error.message).not.toBe('');
      return error.failure;
    };

    test('that is throttled says when to come back, and holds up nothing else', async () => {
      expect(await failure('throttled')).toEqual({ kind: 'throttled', retryAfterMs: 7_000 });
      const { kind, ...wait } = await failure('throttled without a time');
      expect(kind).toBe('throttled');
      expect(Number(Object.values(wait)[0])).toBeGreaterThanOrEqual(1_000);
      await rig.trouble(undefined);
      await send();
    });

    test('to a workspace that removed the app is refused for all of it', async () => {
      expect(await failure('removed from the workspace')).toEqual({ kind: 'refused', scope: 'workspace' });
    });

    test('that the platform broke on may have arrived, where doing it again would show', async () => {
      expect(await failure('an error of its own')).toEqual({ kind: either[which] });
    });

    test('that is not answered is left after the time-out', async () => {
      const started = performance.now();
      expect(await failure('no answer')).toEqual({ kind: either[which] });
      expect(performance.now() - started).toBeLessThan(LEFT_WITHIN_MS);
    });

    test('that found no connection has certainly not arrived', async () => {
      expect(await failure('no connection')).toEqual({ kind: 'failed' });
    });
  });

  const failureOf = (work: Promise<unknown>) => expect(work).rejects;

  test('someone who wants nothing is not written to', async () => {
    await rig.trouble('blocked by the person');
    const failure = { kind: 'refused', scope: 'person' };
    await failureOf(openAndSend()).toMatchObject({ failure });
    await failureOf(sendDirect()).toMatchObject({ failure });
  });

  test('a channel that the bot may not write to is refused', async () => {
    await rig.trouble('not in the channel');
    await failureOf(post()).toMatchObject({ failure: { kind: 'refused', scope: 'channel' } });
  });

  test('a message that was deleted is gone', async () => {
    await rig.trouble('the message was deleted');
    await failureOf(update()).toMatchObject({ failure: { kind: 'gone' } });
  });
}
