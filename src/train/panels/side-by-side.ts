import type { Picture } from '../../io/png/encode-png.ts';
import type { Panel } from './tinted.ts';

/** Small pictures are enlarged by a whole factor until a panel's longer side has about this many pixels. */
const panelSide = 288;
const gap = 4;

/** The size of panels, and how they are shown. */
export interface PanelSize {
  readonly height: number;
  readonly width: number;
  /** Larger panels are shrunk by a whole factor until their longer side has at most so many pixels; not unless given. */
  readonly most?: number;
}

/** Panels of one size from left to right on white, `Picture` with 3 channels. */
export function sideBySide(
  panels: readonly Panel[],
  { height, width, most = Number.POSITIVE_INFINITY }: PanelSize,
): Picture {
  const side = Math.max(height, width);
  const zoom = Math.max(1, Math.floor(Math.min(panelSide, most) / side));
  const cell = Math.max(1, Math.ceil(side / most));
  const [rows, columns] = [Math.floor(height / cell) * zoom, Math.floor(width / cell) * zoom];
  const across = panels.length * columns + (panels.length - 1) * gap;
  const data = new Uint8Array(across * rows * 3).fill(255);
  panels.forEach((panel, p) => {
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) {
        const [top, left] = [Math.floor(y / zoom) * cell, Math.floor(x / zoom) * cell];
        const to = (y * across + p * (columns + gap) + x) * 3;
        for (let c = 0; c < 3; c++) {
          let sum = 0;
          for (let i = 0; i < cell; i++)
            for (let j = 0; j < cell; j++) sum += panel[((top + i) * width + left + j) * 3 + c]!;
          data[to + c] = sum / cell ** 2;
        }
      }
  });
  return { width: across, height: rows, channels: 3, data };
}
