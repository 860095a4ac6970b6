import type { NewId } from '../core/ports.ts';
import type { View } from '../core/view.ts';
import { type Press, pressedInDialog } from './buttons.ts';
import type { Outgoing } from './connector.ts';
import { renderCard, renderMessage } from './render.ts';
import type { Element } from './rich-text.ts';

/** Draws views, each with a nonce of its own, so that a click on one drawing is told from a click on the next. */
export interface Draw {
  message(view: View): Outgoing;
  card(view: View): Element;
  /** For a dialog, whose buttons are other ones. */
  inDialog(view: View): Element;
}

export const createDraw = ({ newId, press }: { newId: NewId; press: Press }): Draw => ({
  message: (view) => renderMessage(view, newId(), press),
  card: (view) => renderCard(view, newId(), press),
  inDialog: (view) => renderCard(view, newId(), pressedInDialog),
});
