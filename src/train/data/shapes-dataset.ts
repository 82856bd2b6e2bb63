import { CotangentError } from '../../graph/error.ts';
import { array } from '../../graph/nd-array.ts';
import { f32, i32 } from '../../graph/type.ts';
import { type Random, random, randomInteger } from '../random.ts';
import type { Dataset, Sample } from './dataset.ts';

/** The shapes there are, in the order of their classes 1, 2, …; class 0 is the background. */
export const shapeKinds = ['disc', 'ring', 'triangle', 'square'] as const;

/** What to generate. */
export interface ShapesOptions {
  /** Height and width in pixels, at least 16. */
  readonly size: number;
  /** Classes including the background: 2 to 5. */
  readonly classes: number;
  readonly count: number;
  readonly seed: number;
}

/**
 * Images made by rule: one to three shapes of random place, size, turn and bright colour, apart from each other, over a dark,
 * textured, noisy background. Masks are exact: a pixel belongs to the shape that covers its centre.
 *
 * @throws CotangentError `data/shapes` when an option is out of range.
 */
export function shapesDataset({ size, classes, count, seed }: ShapesOptions): Dataset {
  const most = shapeKinds.length + 1;
  if (!(classes >= 2 && classes <= most && size >= 16 && count >= 1))
    throw new CotangentError({
      code: 'data/shapes',
      summary: `no shapes set of ${count} images of ${size}×${size} with ${classes} classes`,
      fix: `ask for 2 to ${most} classes, a size of at least 16 and one image or more.`,
    });
  return {
    name: 'built-in shapes',
    channels: 3,
    classes,
    classNames: ['background', ...shapeKinds.slice(0, classes - 1)],
    classMap: { kind: 'palette', codes: Array.from({ length: classes }, (_, k) => k) },
    samples: Array.from({ length: count }, (_, i) =>
      drawSample(`shape-${`${i}`.padStart(4, '0')}`, size, classes, random(seed, 'shape', i)),
    ),
  };
}

/** A placed shape: its class, centre, radius, turn and colour. */
interface Figure {
  readonly kind: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly turn: number;
  readonly colour: readonly number[];
}

function drawSample(name: string, size: number, classes: number, draw: Random): Sample {
  const ground = randomColour(draw, 0.1);
  const figures = randomFigures(draw, size, classes);
  const texture = randomTexture(draw, size);
  const image = array(f32(3, size, size));
  const mask = array(i32(size, size));
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const top = figures.find((f) => covers(f, x + 0.5, y + 0.5));
      mask.data[y * size + x] = top?.kind ?? 0;
      const shade = top === undefined ? texture(x, y) : texture(y, x) / 2;
      for (let c = 0; c < 3; c++) {
        const value = (top?.colour ?? ground)[c]! + shade + 0.05 * draw.normal();
        image.data[(c * size + y) * size + x] = Math.min(1, Math.max(0, value));
      }
    }
  return { name, image, mask };
}

/** One to three figures; one that would touch another is left out. */
function randomFigures(draw: Random, size: number, classes: number): Figure[] {
  const figures: Figure[] = [];
  for (let wanted = 1 + randomInteger(draw, 3); wanted > 0; wanted--) {
    const next = randomFigure(draw, size, classes);
    if (figures.every((f) => Math.hypot(f.x - next.x, f.y - next.y) > f.radius + next.radius)) figures.push(next);
  }
  return figures;
}

function randomFigure(draw: Random, size: number, classes: number): Figure {
  const kind = 1 + randomInteger(draw, classes - 1);
  const radius = size * (0.17 + 0.12 * draw.uniform());
  const [x, y] = [radius + draw.uniform() * (size - 2 * radius), radius + draw.uniform() * (size - 2 * radius)];
  const turn = draw.uniform() * Math.PI;
  const colour = randomColour(draw, 0.55);
  return { kind, x, y, radius, turn, colour };
}

function covers({ kind, x, y, radius, turn }: Figure, px: number, py: number): boolean {
  const [dx, dy] = [px - x, py - y];
  const distance = Math.hypot(dx, dy);
  const u = dx * Math.cos(turn) + dy * Math.sin(turn);
  const v = dy * Math.cos(turn) - dx * Math.sin(turn);
  switch (shapeKinds[kind - 1]) {
    case 'disc':
      return distance <= 0.9 * radius;
    case 'square':
      return Math.max(Math.abs(u), Math.abs(v)) <= 0.78 * radius;
    case 'triangle':
      // The three sides of an equilateral triangle at distance radius / 2 from its centre.
      return [0, 1, 2].every(
        (k) => u * Math.cos((k * 2 * Math.PI) / 3) + v * Math.sin((k * 2 * Math.PI) / 3) <= radius / 2,
      );
    default:
      return distance <= radius && distance >= 0.65 * radius;
  }
}

/** A sum of two plane waves of random direction, length and strength. */
function randomTexture(draw: Random, size: number): (x: number, y: number) => number {
  const waves = Array.from({ length: 2 }, () => {
    const angle = draw.uniform() * 2 * Math.PI;
    const frequency = (2 * Math.PI * (1 + 5 * draw.uniform())) / size;
    return {
      a: Math.cos(angle) * frequency,
      b: Math.sin(angle) * frequency,
      phase: draw.uniform() * 7,
      strength: 0.08 * draw.uniform(),
    };
  });
  return (x, y) =>
    waves.reduce((sum, { a, b, phase, strength }) => sum + strength * Math.sin(a * x + b * y + phase), 0);
}

/** Grounds are dark, figures bright: their colours never meet. */
const randomColour = (draw: Random, least: number): number[] =>
  Array.from({ length: 3 }, () => least + 0.35 * draw.uniform());
