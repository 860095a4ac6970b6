/** What the painter's thread is told to draw. */
export interface PaintOrder {
  id: number;
  svg: string;
  /** In pixels */
  width: number;
}

export type Painted = { id: number; png: Uint8Array } | { id: number; error: string };
