import { array, type NdArray } from '../../../graph/nd-array.ts';
import { f32, i32 } from '../../../graph/type.ts';
import type { Random } from '../../random.ts';
import { distanceTo, type Figure, randomFigures } from './figure.ts';
import { randomHills, randomPattern } from './pattern.ts';

/** Red, green and blue in 0 … 1. */
type Colour = readonly [number, number, number];

/** Paints on `f32[3, size, size]`, class by class of pixels on `i32[size, size]`. */
interface Canvas {
  readonly size: number;
  readonly image: NdArray;
  readonly mask: NdArray;
}

/** What scenes of figures differ in. */
export interface SceneStyle {
  /** The figures, first those at the bottom. */
  readonly figures: (draw: Random, size: number, classes: number) => readonly Figure[];
  /** Whether what leaves the image comes in again on the other side; there are then neither stray lines nor light from one side. */
  readonly wraps: boolean;
}

/** How far figures throw their shadows, in pixels. */
const shadowLength = 2.5;

/**
 * One scene: patterned figures that hide parts of each other and throw shadows, over a mottled ground with stray lines, in light that
 * comes from one side, with noise. Masks are exact: a pixel belongs to the topmost figure that covers its centre.
 */
export function drawScene(
  draw: Random,
  size: number,
  classes: number,
  { figures, wraps }: SceneStyle = { figures: randomFigures, wraps: false },
): { image: NdArray; mask: NdArray } {
  const canvas: Canvas = { size, image: array(f32(3, size, size)), mask: array(i32(size, size)) };
  const light = draw.uniform() * 2 * Math.PI;
  paintGround(canvas, draw, wraps);
  for (let lines = wraps ? 0 : Math.ceil(size / 32); lines > 0; lines--) paintLine(canvas, draw);
  for (const figure of figures(draw, size, classes)) paintFigure(canvas, figure, light, draw, wraps);
  shine(canvas, wraps ? undefined : light, draw);
  return { image: canvas.image, mask: canvas.mask };
}

function paintGround({ size, image }: Canvas, draw: Random, wraps: boolean): void {
  const [low, high] = [randomColour(draw, 0.35, 0.22), randomColour(draw, 0.35, 0.48)];
  const cells = Math.round(size / 4);
  const [broad, fine] = wraps
    ? [randomHills(draw, size / 4, 4), randomHills(draw, size / cells, cells)]
    : [randomHills(draw, Math.max(6, size / 4)), randomHills(draw, 4)];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) paint(image, y * size + x, mix(low, high, 0.7 * broad(x, y) + 0.3 * fine(x, y)), 1);
}

/** A thin line from border to border: bright, and no figure. */
function paintLine({ size, image }: Canvas, draw: Random): void {
  const angle = draw.uniform() * Math.PI;
  const offset = (draw.uniform() - 0.5) * size;
  const colour = randomColour(draw, 0.6, 0.8);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const distance = Math.abs((x - size / 2) * c + (y - size / 2) * s - offset) - 0.7;
      if (distance < 0.5) paint(image, y * size + x, colour, cover(distance));
    }
}

function paintFigure({ size, image, mask }: Canvas, figure: Figure, light: number, draw: Random, wraps: boolean): void {
  const distance = distanceTo(figure);
  const pattern = randomPattern(draw);
  const [base, other] = [randomColour(draw, 0.75, 0.95), randomColour(draw, 0.6, 0.65)];
  const [shadowX, shadowY] = [shadowLength * Math.cos(light), shadowLength * Math.sin(light)];
  const reach = figure.radius + 2 * shadowLength;
  const [from, to] = [
    (at: number): number => Math.max(wraps ? -size : 0, Math.floor(at - reach)),
    (at: number): number => Math.min(wraps ? 2 * size : size, Math.ceil(at + reach)),
  ];
  for (let y = from(figure.y); y < to(figure.y); y++)
    for (let x = from(figure.x); x < to(figure.x); x++) {
      const pixel = ((y + size) % size) * size + ((x + size) % size);
      const shadow = distance(x + 0.5 + shadowX, y + 0.5 + shadowY);
      if (shadow < shadowLength) paint(image, pixel, black, 0.5 * cover(shadow / shadowLength));
      const edge = distance(x + 0.5, y + 0.5);
      if (edge <= 0) mask.data[pixel] = figure.kind;
      if (edge >= 0.5) continue;
      const rim = 1 - 0.45 * Math.exp(edge / 1.5);
      const colour = mix(base, other, 0.4 * pattern(x, y));
      paint(image, pixel, mix(black, colour, rim), cover(edge));
    }
}

/** Light from one side, if any, and noise. */
function shine({ size, image }: Canvas, light: number | undefined, draw: Random): void {
  const plane = size * size;
  const [c, s] = light === undefined ? [0, 0] : [Math.cos(light) / size, Math.sin(light) / size];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const brightness = 1 + 0.4 * ((x - size / 2) * c + (y - size / 2) * s);
      const noise = 0.03 * draw.normal();
      for (let at = y * size + x; at < 3 * plane; at += plane)
        image.data[at] = Math.min(1, Math.max(0, image.data[at]! * brightness + noise));
    }
}

const black: Colour = [0, 0, 0];

/** A colour of any hue, of at most this saturation and about this brightness. */
function randomColour(draw: Random, saturation: number, brightness: number): Colour {
  const hue = 2 * Math.PI * draw.uniform();
  const depth = saturation * (0.5 + 0.5 * draw.uniform());
  const value = brightness * (0.8 + 0.35 * draw.uniform());
  const part = (k: number): number => value * (1 - depth * (0.5 - 0.5 * Math.cos(hue - (2 * Math.PI * k) / 3)));
  return [part(0), part(1), part(2)];
}

/** How much of a pixel lies within an edge that is so far away. */
const cover = (distance: number): number => Math.min(1, Math.max(0, 0.5 - distance));

const mix = (a: Colour, b: Colour, t: number): Colour => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];

function paint(image: NdArray, pixel: number, colour: Colour, opacity: number): void {
  const plane = image.data.length / 3;
  for (let c = 0; c < 3; c++) {
    const at = c * plane + pixel;
    image.data[at] = image.data[at]! + (colour[c]! - image.data[at]!) * opacity;
  }
}
