import type { Drawing, Pictures } from './core/pictures.ts';
import type { Report } from './core/report.ts';
import type { Painter } from './lib/painter.ts';
import { reportPicture } from './views/report-picture.ts';

const WIDTH = 720;

/** The picture of a report, as PNG. `locale` is the reader's; `width` in pixels. */
export const drawReport = (
  painter: Painter,
  report: Report,
  { locale, width = WIDTH }: { locale: string; width?: number },
): Promise<Uint8Array> => painter.paint(reportPicture(report, { locale }), width);

/** Draws what views speak of. */
export function createPictures(painter: Painter): Pictures {
  return { draw: (drawing, options) => draw(painter, drawing, options) };
}

function draw(painter: Painter, drawing: Drawing, options: { width?: number } = {}): Promise<Uint8Array> {
  switch (drawing.type) {
    case 'report':
      return drawReport(painter, drawing.report, { locale: drawing.locale, ...options });
    default:
      return drawing.type satisfies never;
  }
}
