import { array, type NdArray } from '../../graph/nd-array.ts';
import { f32, i32 } from '../../graph/type.ts';
import { type RandomStream, randomStream } from '../../nn/index.ts';
import { distanceTo, type Figure, shapeKinds } from '../../train/data/shapes/figure.ts';
import { batchOf } from '../batch-of.ts';
import { figureImage } from '../figures/figure-image.ts';

/** Images with a box and a class for each figure, and boxes that are a little off. */
export interface Boxed {
  /** f32[images, 1, side, side] */
  readonly images: NdArray;
  /** (image, x1, y1, x2, y2), f32[images · perImage, 5]. */
  readonly truth: NdArray;
  /** The same, moved by up to a sixth of their size and up to a quarter larger or smaller along each axis. */
  readonly rough: NdArray;
  /** i32[images · perImage] */
  readonly classes: NdArray;
}

/** Height and width of images. */
export const side = 64;
/** Figures in each. */
export const perImage = 4;

/** Images of four figures, one in each quarter so that none hides another. */
export function boxed(seed: number, name: string, count: number): Boxed {
  const truth = array(f32(count * perImage, 5));
  const rough = array(f32(count * perImage, 5));
  const classes = array(i32(count * perImage));
  const images = Array.from({ length: count }, (_, n) => {
    const draw = randomStream(seed, `${name}/${n}`);
    const figures = Array.from({ length: perImage }, (_, k) => figureIn(draw, k));
    figures.forEach((figure, k) => {
      const row = n * perImage + k;
      const box = boxOf(figure);
      truth.data.set([n, ...box], row * 5);
      rough.data.set([n, ...jittered(draw, box)], row * 5);
      classes.data[row] = figure.kind - 1;
    });
    return figureImage(draw, [side, side], figures);
  });
  return { images: batchOf(images), truth, rough, classes };
}

function figureIn(draw: RandomStream, quarter: number): Figure {
  const half = side / 2;
  const radius = 8 + 6 * draw.uniform();
  const place = (from: number): number => from + radius + draw.uniform() * (half - 2 * radius);
  const kind = 1 + Math.floor(shapeKinds.length * draw.uniform());
  const [x, y] = [place((quarter % 2) * half), place(Math.floor(quarter / 2) * half)];
  return { kind, x, y, radius, turn: 2 * Math.PI * draw.uniform() };
}

type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/** The least box around a figure, to a quarter of a pixel. */
function boxOf(figure: Figure): Box {
  const distance = distanceTo(figure);
  const step = 0.25;
  const box = { x1: figure.x, y1: figure.y, x2: figure.x, y2: figure.y };
  for (let y = figure.y - figure.radius; y <= figure.y + figure.radius; y += step)
    for (let x = figure.x - figure.radius; x <= figure.x + figure.radius; x += step) {
      if (distance(x, y) > 0) continue;
      box.x1 = Math.min(box.x1, x);
      box.y1 = Math.min(box.y1, y);
      box.x2 = Math.max(box.x2, x);
      box.y2 = Math.max(box.y2, y);
    }
  return [box.x1, box.y1, box.x2, box.y2];
}

function jittered(draw: RandomStream, [x1, y1, x2, y2]: Box): Box {
  const off = (): number => 2 * draw.uniform() - 1;
  const [width, height] = [x2 - x1, y2 - y1];
  const [x, y] = [(x1 + x2) / 2 + (width / 6) * off(), (y1 + y2) / 2 + (height / 6) * off()];
  const [w, h] = [width * 1.25 ** off(), height * 1.25 ** off()];
  return [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
}
