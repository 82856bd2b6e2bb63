import { type Random, randomInteger } from '../../random.ts';

/** The shapes there are, in the order of their classes 1, 2, …; class 0 is the background. */
export const shapeKinds = ['disc', 'ring', 'star', 'triangle', 'square'] as const;

/** A placed shape. */
export interface Figure {
  /** Its class. */
  readonly kind: number;
  readonly x: number;
  readonly y: number;
  /** No point of it is farther from its centre. */
  readonly radius: number;
  readonly turn: number;
}

/** How near two figures' centres may come, as a share of both radii together: below 1 the later one hides part of the earlier. */
const nearest = 0.65;

/** About one figure per 12×12 pixels is tried, two on the smallest images; one that would hide too much of another is left out. */
export function randomFigures(draw: Random, size: number, classes: number): Figure[] {
  const most = Math.max(2, Math.round((size / 12) ** 2));
  const wanted = Math.ceil(most / 2) + randomInteger(draw, Math.floor(most / 2) + 1);
  const figures: Figure[] = [];
  for (let i = 0; i < wanted; i++) {
    const next = randomFigure(draw, size, classes);
    const apart = (f: Figure): boolean => Math.hypot(f.x - next.x, f.y - next.y) > nearest * (f.radius + next.radius);
    if (figures.every(apart)) figures.push(next);
  }
  return figures;
}

function randomFigure(draw: Random, size: number, classes: number): Figure {
  const kind = 1 + randomInteger(draw, classes - 1);
  const radius = Math.min(size, 40) * (0.2 + 0.11 * draw.uniform());
  const place = (): number => radius + draw.uniform() * (size - 2 * radius);
  return { kind, x: place(), y: place(), radius, turn: draw.uniform() * 2 * Math.PI };
}

const outlines: { readonly [kind in (typeof shapeKinds)[number]]: (u: number, v: number) => number } = {
  disc: (u, v) => Math.sqrt(u * u + v * v) - 0.8,
  ring: (u, v) => Math.abs(Math.sqrt(u * u + v * v) - 0.66) - 0.24,
  triangle: (u, v) => Math.max(-u, u / 2 + v * sin60, u / 2 - v * sin60) - 0.5,
  star: (u, v) => {
    // Folded into half a point, a star is what lies on one side of a line from the tip to the notch.
    const angle = Math.abs(fold(Math.atan2(v, u), (2 * Math.PI) / 5));
    const length = Math.sqrt(u * u + v * v);
    return length * Math.cos(angle) * starEdge.x + length * Math.sin(angle) * starEdge.y - starEdge.x;
  },
  square: (u, v) => Math.max(Math.abs(u), Math.abs(v)) - 0.7,
};

const sin60 = Math.sqrt(3) / 2;

/** The normal of the line from a star's tip (1, 0) to the notch beside it, a little more than half as far from the centre. */
const starEdge = (() => {
  const notch = { x: 0.55 * Math.cos(Math.PI / 5), y: 0.55 * Math.sin(Math.PI / 5) };
  const length = Math.hypot(notch.y, 1 - notch.x);
  return { x: notch.y / length, y: (1 - notch.x) / length };
})();

/** `angle` in −period/2 … period/2. */
const fold = (angle: number, period: number): number => angle - period * Math.round(angle / period);

/** How far a point is from a figure's edge, in pixels: below zero inside; beyond corners less than it really is. */
export function distanceTo({ kind, x, y, radius, turn }: Figure): (px: number, py: number) => number {
  const outline = outlines[shapeKinds[kind - 1]!];
  const [c, s] = [Math.cos(turn) / radius, Math.sin(turn) / radius];
  return (px, py) => {
    const [dx, dy] = [px - x, py - y];
    return radius * outline(dx * c + dy * s, dy * c - dx * s);
  };
}
