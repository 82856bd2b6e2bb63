import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { ladderFigures, lowestRung } from '../../src/train/data/scenes/ladder.ts';
import { sceneNames, scenes } from '../../src/train/data/scenes/scenes.ts';
import { drawTexture, randomRegions, textureTone } from '../../src/train/data/scenes/texture.ts';
import { drawThin, randomCurves } from '../../src/train/data/scenes/thin.ts';
import { torusFigures } from '../../src/train/data/scenes/torus.ts';
import { drawScene } from '../../src/train/data/shapes/draw-scene.ts';
import { type Figure, shapeKinds } from '../../src/train/data/shapes/figure.ts';
import { shapesDataset } from '../../src/train/data/shapes-dataset.ts';
import { random } from '../../src/train/random.ts';

/** Whether a figure covers a place, told by its corners or circles; undefined too near to its edge to tell. */
function covers({ kind, x, y, radius, turn }: Figure, px: number, py: number): boolean | undefined {
  const [dx, dy] = [(px - x) / radius, (py - y) / radius];
  const distance = Math.hypot(dx, dy);
  const within = (r: number): boolean | undefined => (Math.abs(distance - r) < 1e-6 ? undefined : distance < r);
  const corners = (count: number, radii: readonly number[], from = 0): boolean =>
    inPolygon(
      Array.from({ length: count }, (_, i) => {
        const angle = turn + from + (2 * Math.PI * i) / count;
        const r = radii[i % radii.length]!;
        return [r * Math.cos(angle), r * Math.sin(angle)];
      }),
      dx,
      dy,
    );
  switch (shapeKinds[kind - 1]!) {
    case 'disc':
      return within(0.8);
    case 'ring':
      return distance < 0.66 ? (within(0.42) === undefined ? undefined : !within(0.42)) : within(0.9);
    case 'star':
      return corners(10, [1, 0.55]);
    case 'triangle':
      return corners(3, [1]);
    case 'square':
      return corners(4, [0.7 * Math.SQRT2], Math.PI / 4);
  }
}

/** Even-odd rule. */
function inPolygon(points: readonly number[][], x: number, y: number): boolean {
  let inside = false;
  points.forEach(([ax, ay], i) => {
    const [bx, by] = points[(i + 1) % points.length]!;
    if (ay! > y !== by! > y && x < ax! + ((y - ay!) / (by! - ay!)) * (bx! - ax!)) inside = !inside;
  });
  return inside;
}

/** Of a list of figures, the topmost at each pixel, the figures standing at these offsets as well. */
function maskOf(figures: readonly Figure[], size: number, offsets: readonly number[]): (number | undefined)[] {
  return Array.from({ length: size * size }, (_, i) => {
    const [px, py] = [(i % size) + 0.5, Math.floor(i / size) + 0.5];
    let found: number | undefined = 0;
    for (const figure of figures)
      for (const dy of offsets)
        for (const dx of offsets) {
          const inside = covers(figure, px + dx, py + dy);
          if (inside === undefined) found = undefined;
          else if (inside) found = figure.kind;
        }
    return found;
  });
}

/** The figures that a scene draws, noted as it draws them. */
function sceneOf(
  style: { figures: typeof ladderFigures; wraps: boolean },
  seed: number,
  size: number,
  classes: number,
) {
  let noted: readonly Figure[] = [];
  const figures: typeof ladderFigures = (...given) => {
    const drawn = style.figures(...given);
    noted = drawn;
    return drawn;
  };
  const { mask } = drawScene(random(seed, 'scene'), size, classes, { figures, wraps: style.wraps });
  return { mask, figures: noted };
}

describe('masks are exact', () => {
  test.prop([fc.nat(), fc.integer({ min: 2, max: 6 })], { numRuns: 8 })('on the ladder', (seed, classes) => {
    const { mask, figures } = sceneOf({ figures: ladderFigures, wraps: false }, seed, 48, classes);
    maskOf(figures, 48, [0]).forEach((k, i) => {
      if (k !== undefined) expect(mask.data[i]).toBe(k);
    });
  });

  test.prop([fc.nat(), fc.integer({ min: 2, max: 6 })], { numRuns: 8 })('on the torus', (seed, classes) => {
    const { mask, figures } = sceneOf({ figures: torusFigures, wraps: true }, seed, 40, classes);
    maskOf(figures, 40, [-40, 0, 40]).forEach((k, i) => {
      if (k !== undefined) expect(mask.data[i]).toBe(k);
    });
  });

  test.prop([fc.nat(), fc.integer({ min: 2, max: 4 })], { numRuns: 6 })('of thin curves', (seed, classes) => {
    const size = 32;
    const { mask } = drawThin(random(seed, 'thin'), size, classes);
    // The same draws as the scene's: its ground draws a lattice first.
    const draw = random(seed, 'thin');
    for (let i = 0; i < 16 * 16; i++) draw.uniform();
    const curves = randomCurves(draw, size, classes);
    for (let i = 0; i < size * size; i++) {
      const [x, y] = [(i % size) + 0.5, Math.floor(i / size) + 0.5];
      let found: number | undefined = 0;
      for (const { kind, width, points } of curves) {
        let nearest = Number.POSITIVE_INFINITY;
        // Points along the curve, so near to each other that the distance is right to 0.002.
        for (let p = 0; p + 3 < points.length; p += 2)
          for (let t = 0; t <= 1; t += 1 / 32)
            nearest = Math.min(
              nearest,
              Math.hypot(
                points[p]! + t * (points[p + 2]! - points[p]!) - x,
                points[p + 1]! + t * (points[p + 3]! - points[p + 1]!) - y,
              ),
            );
        if (Math.abs(nearest - width / 2) < 0.004) found = undefined;
        else if (nearest < width / 2) found = kind;
      }
      if (found !== undefined) expect(mask.data[i]).toBe(found);
    }
  });

  test.prop([fc.nat(), fc.integer({ min: 2, max: 6 })], { numRuns: 8 })('of textures', (seed, classes) => {
    const size = 40;
    const { image, mask } = drawTexture(random(seed, 'texture'), size, classes);
    const regions = randomRegions(random(seed, 'texture'), size, classes);
    const own = regions.map((): number[] => []);
    for (let i = 0; i < size * size; i++) {
      const [x, y] = [(i % size) + 0.5, Math.floor(i / size) + 0.5];
      const distances = regions.map((r) => Math.hypot(r.x - x, r.y - y));
      const nearest = distances.indexOf(Math.min(...distances));
      expect(mask.data[i]).toBe(regions[nearest]!.kind);
      own[nearest]!.push(image.data[i]!);
    }
    // Nothing but texture tells them apart.
    for (const values of own.filter((v) => v.length > 1)) {
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
      expect(mean).toBeCloseTo(textureTone.mean, 4);
      expect(deviation).toBeCloseTo(textureTone.deviation, 4);
    }
  });
});

describe('scenes', () => {
  it.each(sceneNames)('%s: all classes occur, values lie in range, a function of the seed', (scene) => {
    const most = scenes[scene].classNames.length;
    for (const classes of [2, most]) {
      const options = { scene, size: 40, classes, count: 8, seed: 3 };
      const set = shapesDataset(options);
      expect(shapesDataset(options)).toEqual(set);
      expect(shapesDataset({ ...options, seed: 4 }).samples[0]).not.toEqual(set.samples[0]);
      const seen = new Set(set.samples.flatMap(({ mask }) => [...mask.data]));
      expect([...seen].sort()).toEqual(Array.from({ length: classes }, (_, k) => k));
      // A grain's tails may leave 0 … 1; nothing is infinite.
      for (const { image } of set.samples) expect(image.data.every((x) => x > -1 && x < 2)).toBe(true);
    }
    expect(() => shapesDataset({ scene, size: 64, classes: most + 1, count: 1, seed: 0 })).toThrow(/data\/shapes/);
  });

  it('thin curves cover little', () => {
    const { samples } = shapesDataset({ scene: 'thin', size: 64, classes: 2, count: 10, seed: 1 });
    for (const { mask } of samples) {
      const share = mask.data.filter((k) => k > 0).length / mask.data.length;
      expect(share > 0.005 && share < 0.35).toBe(true);
    }
  });

  it('the ladder has every rung, each twice the one below', () => {
    const figures = Array.from({ length: 10 }, (_, i) => ladderFigures(random(i, 'ladder'), 128, 3)).flat();
    const radii = [...new Set(figures.map((f) => f.radius))].sort((a, b) => a - b);
    expect(radii).toEqual([1, 2, 4, 8].map((k) => k * lowestRung));
  });

  it('the torus joins: what is cut at one border goes on at the other', () => {
    const { samples } = shapesDataset({ scene: 'torus', size: 64, classes: 3, count: 20, seed: 1 });
    let [same, across, inner, beside] = [0, 0, 0, 0];
    for (const { mask } of samples)
      for (let y = 0; y < 64; y++) {
        across += 1;
        if (mask.data[y * 64] === mask.data[y * 64 + 63]) same += 1;
        beside += 1;
        if (mask.data[y * 64 + 30] === mask.data[y * 64 + 31]) inner += 1;
      }
    // Neighbours across the border are alike as often as neighbours elsewhere.
    expect(Math.abs(same / across - inner / beside)).toBeLessThan(0.04);
    expect(
      samples.some(({ mask }) => Array.from({ length: 64 }, (_, y) => mask.data[y * 64]!).some((k) => k > 0)),
    ).toBe(true);
  });
});
