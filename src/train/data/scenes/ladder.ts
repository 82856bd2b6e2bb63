import { type Random, randomInteger } from '../../random.ts';
import type { Figure } from '../shapes/figure.ts';

/** The smallest radius, in pixels; each octave doubles it. */
export const lowestRung = 5;

/**
 * Figures of every class whose sizes climb a ladder of octaves: radii 5, 10, 20, … up to a third of the image. All sizes of a shape are one
 * class. Large ones are placed first and none touches another, so that many small ones stand between few large ones.
 */
export function ladderFigures(draw: Random, size: number, classes: number): Figure[] {
  const rungs = Math.max(1, 1 + Math.floor(Math.log2(size / 3 / lowestRung)));
  const figures: Figure[] = [];
  for (let rung = rungs - 1; rung >= 0; rung--) {
    const radius = lowestRung * 2 ** rung;
    const tries = Math.max(2, Math.round(((size / radius) ** 2 / 6) * (0.7 + 0.6 * draw.uniform())));
    for (let i = 0; i < tries; i++) {
      const place = (): number => radius + draw.uniform() * (size - 2 * radius);
      const kind = 1 + randomInteger(draw, classes - 1);
      const next: Figure = { kind, x: place(), y: place(), radius, turn: draw.uniform() * 2 * Math.PI };
      const room = figures.every((f) => Math.hypot(f.x - next.x, f.y - next.y) > f.radius + radius + 1);
      if (room) figures.push(next);
    }
  }
  return figures;
}
