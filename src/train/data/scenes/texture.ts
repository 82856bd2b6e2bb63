import { array, type NdArray } from '../../../graph/nd-array.ts';
import { f32, i32 } from '../../../graph/type.ts';
import { type Random, randomInteger, randomOrder } from '../../random.ts';
import { type Pattern, randomHills } from '../shapes/pattern.ts';

/** The textures, in the order of their classes; each stays what it is when mirrored or turned. */
export const textureKinds = ['stripes', 'checks', 'dots', 'clouds', 'grain', 'rings'] as const;

/** A texture's region: the places that are nearer to its middle than to any other's. */
export interface Region {
  readonly kind: number;
  readonly x: number;
  readonly y: number;
}

/** Mean and deviation of every region. */
export const textureTone = { mean: 0.5, deviation: 0.16 } as const;

/** Regions of a random division of the image, every class among them. */
export function randomRegions(draw: Random, size: number, classes: number): Region[] {
  const count = Math.max(classes, 2 + Math.round(size / 24) + randomInteger(draw, 3));
  const first = randomOrder(draw, classes);
  return Array.from({ length: count }, (_, i) => ({
    kind: first[i] ?? randomInteger(draw, classes),
    x: draw.uniform() * size,
    y: draw.uniform() * size,
  }));
}

/**
 * A division of the image into regions that differ in texture only, grey: every region has the same mean and the same deviation of
 * brightness, and nothing marks its border. Masks are exact: a pixel belongs to the region whose middle is nearest to its own.
 */
export function drawTexture(draw: Random, size: number, classes: number): { image: NdArray; mask: NdArray } {
  const image = array(f32(1, size, size));
  const mask = array(i32(size, size));
  const regions = randomRegions(draw, size, classes);
  const owner = new Int32Array(size * size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) owner[y * size + x] = nearestRegion(regions, x + 0.5, y + 0.5);
  regions.forEach(({ kind }, r) => {
    const texture = textures[textureKinds[kind]!](draw);
    const own: number[] = [];
    for (let i = 0; i < owner.length; i++) if (owner[i] === r) own.push(i);
    const values = own.map((i) => texture(i % size, Math.floor(i / size)));
    const mean = values.reduce((a, b) => a + b, 0) / own.length;
    const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / own.length);
    own.forEach((i, n) => {
      mask.data[i] = kind;
      const standard = deviation > 1e-9 ? (values[n]! - mean) / deviation : 0;
      image.data[i] = textureTone.mean + textureTone.deviation * standard;
    });
  });
  return { image, mask };
}

function nearestRegion(regions: readonly Region[], x: number, y: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  regions.forEach((region, r) => {
    const squared = (region.x - x) ** 2 + (region.y - y) ** 2;
    if (squared < least) [best, least] = [r, squared];
  });
  return best;
}

const textures: { readonly [kind in (typeof textureKinds)[number]]: (draw: Random) => Pattern } = {
  stripes: (draw) => {
    const { u } = waves(draw);
    return (x, y) => Math.sin(u(x, y)) + 0.3 * draw.normal();
  },
  checks: (draw) => {
    const { u, v } = waves(draw);
    return (x, y) => Math.sin(u(x, y)) * Math.sin(v(x, y)) + 0.15 * draw.normal();
  },
  dots: (draw) => {
    const { u, v } = waves(draw);
    return (x, y) => Math.exp(2 * (Math.cos(u(x, y)) + Math.cos(v(x, y)))) / 20 + 0.3 * draw.normal();
  },
  clouds: (draw) => {
    const hills = randomHills(draw, 5);
    return (x, y) => hills(x, y) + 0.05 * draw.normal();
  },
  grain: (draw) => () => draw.normal(),
  rings: (draw) => {
    const { u, v } = waves(draw);
    return (x, y) => Math.sin(3 * (Math.cos(u(x, y) / 2) + Math.cos(v(x, y) / 2))) + 0.3 * draw.normal();
  },
};

/** Phases of two waves athwart each other, of random direction and a length of 5 to 7 pixels. */
function waves(draw: Random): { u: Pattern; v: Pattern } {
  const angle = draw.uniform() * 2 * Math.PI;
  const wave = (2 * Math.PI) / (5 + 2 * draw.uniform());
  const [c, s] = [Math.cos(angle) * wave, Math.sin(angle) * wave];
  const [p, q] = [draw.uniform() * 2 * Math.PI, draw.uniform() * 2 * Math.PI];
  return { u: (x, y) => x * c + y * s + p, v: (x, y) => y * c - x * s + q };
}
