import { type Random, randomInteger } from '../../random.ts';
import type { Figure } from '../shapes/figure.ts';

/**
 * Figures on a torus: centres anywhere, so that many lie across the border, and what leaves the image on one side comes in on the other.
 * None covers another's middle, measured around the torus.
 */
export function torusFigures(draw: Random, size: number, classes: number): Figure[] {
  const figures: Figure[] = [];
  const wanted = Math.max(3, Math.round((size / 16) ** 2 * (0.6 + 0.4 * draw.uniform())));
  for (let i = 0; i < wanted; i++) {
    const kind = 1 + randomInteger(draw, classes - 1);
    const radius = Math.min(size, 40) * (0.2 + 0.11 * draw.uniform());
    const next: Figure = {
      kind,
      x: draw.uniform() * size,
      y: draw.uniform() * size,
      radius,
      turn: draw.uniform() * 2 * Math.PI,
    };
    const round = (d: number): number => d - size * Math.round(d / size);
    const apart = (f: Figure): boolean =>
      Math.hypot(round(f.x - next.x), round(f.y - next.y)) > 0.65 * (f.radius + radius);
    if (figures.every(apart)) figures.push(next);
  }
  return figures;
}
