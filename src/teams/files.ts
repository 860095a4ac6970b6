import type { InvokeResponse } from 'botframework-schema';
import type { Files } from '../core/files.ts';
import type { Log, NewId } from '../core/ports.ts';
import { type FileAnswer, join, type Reply, toPlain } from '../core/view.ts';
import { buttonData, readCardData } from './card-data.ts';
import type { Outgoing } from './connector.ts';
import type { Draw } from './draw.ts';
import type { Incoming } from './incoming.ts';
import { json, textOf } from './json.ts';
import { cardInvocation } from './parse.ts';
import type { AskProfile } from './profile.ts';
import type { Ask } from './safely.ts';
import { type Sender, sentence } from './sender.ts';
import { isUploadUrl, putFile } from './upload.ts';

const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const FILE = 'application/vnd.microsoft.teams.card.file.info';

/**
 * Files in Teams (learn.microsoft.com, "Send and receive files using the bot"): the person is asked, in the personal
 * chat, which alone knows files; says yes; then the bot puts the bytes into their OneDrive.
 */
export interface FileOffers {
  /** Asks the asker whether they want the file of an answer. */
  offer(incoming: Incoming, file: FileAnswer): Promise<void>;
  /** Somebody has said yes or no. */
  onConsent(incoming: Incoming, profile: AskProfile): { response: InvokeResponse; work?: Promise<void> };
}

export function createFileOffers(options: {
  files: Files;
  sender: Sender;
  dispatch: Ask;
  draw: Draw;
  newId: NewId;
  log: Log;
  timeoutMs: number;
}): FileOffers {
  const { files, sender, dispatch, draw, newId, log } = options;

  const say = (incoming: Incoming, words: FileAnswer['missing']) =>
    sender.privately(incoming, draw.message(sentence(toPlain(words))));

  async function offer(incoming: Incoming, file: FileAnswer): Promise<void> {
    try {
      const { bytes, complete } = await files.make(file.content);
      const words = complete ? file.comment : join([file.comment, file.cut], ' ');
      await sender.privately(
        incoming,
        consent(file, { words: toPlain(words), size: bytes.length, nonce: newId() }),
      );
    } catch (error) {
      log.warn({ err: error }, 'a file was not offered');
      await say(incoming, file.missing);
    }
  }

  /** Asked for again, as who says yes: what the question brings back is trusted no more than a button. */
  async function bring(incoming: Incoming, profile: AskProfile, uploadUrl: string): Promise<void> {
    const data = readCardData(json(incoming.value).context);
    if (!data) return;
    const invocation = cardInvocation(incoming, profile, data, { answeredSeparately: false });
    const { reply } = await dispatch(invocation);
    const file = fileOf(reply);
    if (!file) return refused(incoming, reply);
    try {
      const { bytes } = await files.make(file.content);
      await putFile(uploadUrl, bytes, options.timeoutMs);
    } catch (error) {
      log.warn({ err: error }, 'a file was not brought');
      await say(incoming, file.missing);
      return;
    }
    await replaceQuestion(incoming, uploaded(incoming, file));
  }

  async function refused(incoming: Incoming, reply: Reply): Promise<void> {
    if (reply.kind === 'view') await sender.privately(incoming, draw.message(reply.view));
  }

  /** A question that was answered must not stand to be answered again. */
  async function replaceQuestion(incoming: Incoming, activity: Outgoing): Promise<void> {
    if (incoming.replyToId) await sender.replace(incoming, incoming.replyToId, activity);
    else await sender.privately(incoming, activity);
  }

  return {
    offer,
    onConsent(incoming, profile) {
      const value = json(incoming.value);
      const uploadUrl = textOf(json(value.uploadInfo).uploadUrl);
      if (value.action !== 'accept') {
        const said = draw.message(sentence(textOf(json(value.context).declined) ?? '–'));
        return { response: { status: 200 }, work: replaceQuestion(incoming, said) };
      }
      if (!uploadUrl || !isUploadUrl(uploadUrl)) {
        log.warn({ host: hostOf(uploadUrl) }, 'a file was to be put where no OneDrive is');
        return { response: { status: 400 } };
      }
      return { response: { status: 200 }, work: bring(incoming, profile, uploadUrl) };
    },
  };
}

const hostOf = (url: string | undefined): string => (url && URL.canParse(url) ? new URL(url).hostname : '');

const fileOf = (reply: Reply): FileAnswer | undefined => (reply.kind === 'view' ? reply.file : undefined);

function consent(
  { name, intent, declined }: FileAnswer,
  { words, size, nonce }: { words: string; size: number; nonce: string },
): Outgoing {
  const content = {
    description: words,
    sizeInBytes: size,
    acceptContext: buttonData(intent, nonce),
    declineContext: { declined: toPlain(declined) },
  };
  return { type: 'message', summary: words, attachments: [{ contentType: CONSENT, name, content }] };
}

/** What Teams shows as the file itself, from what it told of it. */
function uploaded(incoming: Incoming, { name }: FileAnswer): Outgoing {
  const info = json(json(incoming.value).uploadInfo);
  const content = { uniqueId: textOf(info.uniqueId), fileType: textOf(info.fileType) ?? 'csv' };
  const contentUrl = textOf(info.contentUrl) ?? '';
  return {
    type: 'message',
    summary: name,
    attachments: [{ contentType: FILE, name: textOf(info.name) ?? name, contentUrl, content }],
  };
}
