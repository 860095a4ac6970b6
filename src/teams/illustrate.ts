import type { Answer } from '../core/adapter.ts';
import type { Pictures } from '../core/pictures.ts';
import type { Log } from '../core/ports.ts';
import type { ImageNode, Reply, View } from '../core/view.ts';
import type { Ask } from './safely.ts';

/** Widths that are tried, in pixels: twice a phone's, and less where the picture would be too large for a card. */
const WIDTHS = [720, 540, 420, 360];
/** Base64 of a picture in a card of 27,000 bytes leaves room for the words beside it. */
const MOST_BASE64 = 22_000;

/** Puts the pictures themselves into a view. Never rejects: one that can't be drawn is missing in words. */
export type Illustrate = (view: View) => Promise<View>;

export function createIllustrate({ pictures, log }: { pictures: Pictures; log: Log }): Illustrate {
  async function drawn(image: ImageNode): Promise<ImageNode> {
    try {
      for (const width of WIDTHS) {
        const png = Buffer.from(await pictures.draw(image.drawing, { width })).toString('base64');
        if (png.length <= MOST_BASE64) return { ...image, png };
      }
    } catch (error) {
      log.warn({ err: error }, 'a picture could not be drawn');
    }
    return image;
  }

  return async (view) => {
    if (!view.nodes.some(({ type }) => type === 'image')) return view;
    const nodes = await Promise.all(view.nodes.map((node) => (node.type === 'image' ? drawn(node) : node)));
    return { ...view, nodes };
  };
}

/** The pipeline, with the pictures of its answers. */
export const withPictures =
  (ask: Ask, illustrate: Illustrate): Ask =>
  async (invocation): Promise<Answer> => {
    const answer = await ask(invocation);
    const { reply } = answer;
    if (reply.kind !== 'view') return answer;
    const view = await illustrate(reply.view);
    if (view === reply.view) return answer;
    const illustrated: Reply = { ...reply, view };
    return { ...answer, reply: illustrated };
  };
