import type { Report } from './report.ts';

/** What can be drawn. Plain JSON: an answer that is kept holds this, and the picture is made when it is shown. */
export type Drawing = { type: 'report'; report: Report; locale: string };

export interface Pictures {
  /** A PNG, `width` pixels wide: 720 if left out, twice a phone's. Throws when it can't be drawn in ten seconds. */
  draw(drawing: Drawing, options?: { width?: number }): Promise<Uint8Array>;
}
