import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPoint } from '../../../src/check/draw.ts';
import { Random } from '../../../src/check/random.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { array } from '../../../src/graph/nd-array.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import { f64 } from '../../../src/graph/type.ts';
import {
  adaptiveAvgPool2d,
  type Coordinates,
  convTranspose1d,
  convTranspose3d,
  full,
  type ResizeMode,
  type ResizeOptions,
  type Rounding,
  resize,
  resize1d,
  resize2d,
  resize3d,
} from '../../../src/ops/index.ts';
import { runGraph } from '../run-graph.ts';
import { resizeMatrix } from './resize-matrix.ts';

const near = (a: ArrayLike<number>, b: ArrayLike<number>, within = 1e-13): void => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThanOrEqual(within);
};
const draw = (t: Tensor, seed = 7) => drawPoint(t, { kind: 'dyadic' }, new Random(seed));

/** Kernels as functions of the distance, by their textbook formulas. */
const kernels: { readonly [name: string]: { mode: ResizeMode; reach: number; weight: (d: number) => number } } = {
  linear: { mode: 'linear', reach: 1, weight: (d) => Math.max(0, 1 - d) },
  'cubic −0.5': { mode: { cubic: -0.5 }, reach: 2, weight: keys(-0.5) },
  'cubic −0.75': { mode: 'cubic', reach: 2, weight: keys(-0.75) },
  'lanczos 3': { mode: 'lanczos', reach: 3, weight: windowedSinc(3) },
  'lanczos 2': { mode: { lanczos: 2 }, reach: 2, weight: windowedSinc(2) },
};

function keys(a: number): (d: number) => number {
  return (d) =>
    d <= 1 ? (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1 : d < 2 ? a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a : 0;
}

function windowedSinc(a: number): (d: number) => number {
  const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
  return (d) => (d < a ? sinc(d) * sinc(d / a) : 0);
}

/** ONNX's formulas, i an output, n elements that become m (m real where a factor set it). */
const positions: { readonly [c in Coordinates]?: (i: number, n: number, m: number, count: number) => number } = {
  half_pixel: (i, n, m) => ((i + 0.5) * n) / m - 0.5,
  half_pixel_symmetric: (i, n, m, count) => (n / 2) * (1 - count / m) + ((i + 0.5) * n) / m - 0.5,
  pytorch_half_pixel: (i, n, m) => (m > 1 ? ((i + 0.5) * n) / m - 0.5 : 0),
  align_corners: (i, n, m) => (i === 0 ? 0 : (i * (n - 1)) / (m - 1)),
  asymmetric: (i, n, m) => (i * n) / m,
  tf_half_pixel_for_nn: (i, n, m) => ((i + 0.5) * n) / m,
};

const length = fc.integer({ min: 1, max: 9 });
const coordinates = fc.constantFrom(...(Object.keys(positions) as Coordinates[]));
const extent = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((size) => ({ size })),
  fc.constantFrom(0.5, 0.75, 1.25, 1.7, 2, 2.3, 3).map((scale) => ({ scale })),
);

describe('every kernel, at every position', () => {
  it.each(Object.entries(kernels))('is the textbook’s: %s', (_, { mode, reach, weight }) => {
    const lanczos = mode === 'lanczos' || (typeof mode === 'object' && 'lanczos' in mode);
    const how = fc.record({ length, coordinates, extent, antialias: fc.boolean(), excludeOutside: fc.boolean() });
    fc.assert(
      fc.property(how, ({ length, coordinates, extent, antialias, excludeOutside }) => {
        fc.pre('size' in extent || length * extent.scale >= 1);
        const matrix = resizeMatrix(length, { ...extent, mode, coordinates, antialias, excludeOutside });
        const real = 'size' in extent ? extent.size : length * extent.scale;
        const stretch = antialias ? Math.max(1, length / real) : 1;
        matrix.forEach((row, i) => {
          const at = positions[coordinates]!(i, length, real, matrix.length);
          const expected = new Array<number>(length).fill(0);
          let inside = 0;
          let all = 0;
          for (let k = Math.floor(at - reach * stretch); k <= Math.ceil(at + reach * stretch); k++) {
            const w = weight(Math.abs(k - at) / stretch);
            all += w;
            if (k >= 0 && k < length) inside += w;
            if (!excludeOutside || (k >= 0 && k < length)) expected[Math.min(Math.max(k, 0), length - 1)]! += w;
          }
          // Nothing inside to share the weight: as without excludeOutside.
          fc.pre(!excludeOutside || Math.abs(inside) > 1e-9);
          const by = excludeOutside ? inside : antialias || lanczos ? all : 1;
          near(
            row,
            expected.map((w) => w / by),
            1e-11,
          );
        });
      }),
    );
  });

  it('nearest rounds as told', () => {
    const rules: { readonly [r in Rounding]: (at: number) => number } = {
      floor: Math.floor,
      ceil: Math.ceil,
      round_prefer_floor: (at) => (at % 1 === 0.5 ? Math.floor(at) : Math.round(at)),
      round_prefer_ceil: (at) => (at % 1 === 0.5 ? Math.ceil(at) : Math.round(at)),
    };
    const rounding = fc.constantFrom(...(Object.keys(rules) as Rounding[]));
    fc.assert(
      // Factors whose multiples are exact, so that halves are halves.
      fc.property(length, fc.constantFrom(0.5, 1, 2, 4), coordinates, rounding, (n, scale, coordinates, rounding) => {
        fc.pre(n * scale >= 1 && coordinates !== 'align_corners' && coordinates !== 'half_pixel_symmetric');
        const matrix = resizeMatrix(n, { scale, mode: 'nearest', coordinates, rounding });
        matrix.forEach((row, i) => {
          const at = rules[rounding](positions[coordinates]!(i, n, n * scale, matrix.length));
          expect(row.indexOf(1)).toBe(Math.min(Math.max(at, 0), n - 1));
        });
      }),
    );
  });
});

describe('rows of every matrix', () => {
  const mode = fc.constantFrom<ResizeMode>(
    'nearest',
    'linear',
    'cubic',
    { cubic: -0.5 },
    'lanczos',
    { lanczos: 1 },
    'area',
  );
  it('sum to 1', () =>
    fc.assert(
      fc.property(
        length,
        extent,
        mode,
        coordinates,
        fc.boolean(),
        fc.boolean(),
        (n, extent, mode, coordinates, a, b) => {
          fc.pre('size' in extent || n * extent.scale >= 1);
          const antialias = a && mode !== 'nearest' && mode !== 'area';
          for (const row of resizeMatrix(n, { ...extent, mode, coordinates, antialias, excludeOutside: b }))
            expect(Math.abs(row.reduce((s, w) => s + w, 0) - 1)).toBeLessThanOrEqual(1e-12);
        },
      ),
    ));

  it('are unit rows where the size stays', () =>
    fc.assert(
      fc.property(length, mode, coordinates, fc.boolean(), (n, mode, coordinates, antialias) => {
        fc.pre(coordinates !== 'tf_half_pixel_for_nn');
        const x = new GraphBuilder().input('x', f64(1, 1, n));
        const more = antialias && mode !== 'nearest' && mode !== 'area' ? { antialias } : {};
        expect(resize1d(x, { size: n, mode, coordinates, ...more })).toBe(x);
      }),
    ));

  it('of shrinking Lanczos are stretched unless told otherwise', () => {
    const widest = (options: Partial<ResizeOptions>) =>
      Math.max(
        ...resizeMatrix(48, { size: 12, mode: 'lanczos', ...options }).map((row) => row.filter((w) => w !== 0).length),
      );
    expect([widest({}), widest({ antialias: false })]).toEqual([24, 6]);
  });
});

describe('what each mode reproduces', () => {
  const sample = (n: number, f: (x: number) => number) => Array.from({ length: n }, (_, k) => f(k));
  const applied = (matrix: readonly number[][], v: readonly number[]) =>
    matrix.map((row) => row.reduce((s, w, k) => s + w * v[k]!, 0));
  const cases: readonly [string, ResizeMode, number, (x: number) => number][] = [
    ['linear: ramps', 'linear', 0, (x) => 2 * x - 3],
    ['cubic −0.5: quadratics', { cubic: -0.5 }, 1, (x) => x * x - 3 * x + 1],
    ['cubic −0.75: constants and ramps around the middle of cells', 'cubic', 1, () => 4],
  ];
  it.each(cases)('%s', (_, mode, margin, f) => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 9 }), fc.integer({ min: 1, max: 20 }), (n, size) => {
        const y = applied(resizeMatrix(n, { size, mode }), sample(n, f));
        y.forEach((value, i) => {
          const at = ((i + 0.5) * n) / size - 0.5;
          // Away from the ends, which are repeated.
          if (at >= margin && at <= n - 1 - margin) expect(Math.abs(value - f(at))).toBeLessThanOrEqual(1e-11);
        });
      }),
    );
  });

  it('cubic −0.75 does not reproduce quadratics', () => {
    const y = applied(
      resizeMatrix(8, { size: 32, mode: 'cubic' }),
      sample(8, (x) => x * x),
    );
    const at = (i: number) => (i + 0.5) / 4 - 0.5;
    expect(Math.max(...y.slice(8, 24).map((v, k) => Math.abs(v - at(k + 8) ** 2)))).toBeGreaterThan(0.01);
  });

  it('align_corners keeps the corners, in every mode that interpolates', () => {
    for (const mode of ['linear', 'cubic', 'lanczos'] as const)
      for (const size of [2, 5, 9]) {
        const matrix = resizeMatrix(5, { size, mode, coordinates: 'align_corners', antialias: false });
        near([matrix[0]![0]!, matrix.at(-1)!.at(-1)!], [1, 1]);
      }
  });
});

describe('two dimensions', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(1, 2, 5, 4));
  const value = draw(x);
  const at = (c: number, i: number, j: number): number =>
    value.data[(c * 5 + Math.min(Math.max(i, 0), 4)) * 4 + Math.min(Math.max(j, 0), 3)]!;
  const positionsOf = (n: number, m: number) => Array.from({ length: m }, (_, i) => ((i + 0.5) * n) / m - 0.5);
  const each = (h: number, w: number, f: (c: number, y: number, x: number) => number): number[] =>
    [0, 1].flatMap((c) => positionsOf(5, h).flatMap((y) => positionsOf(4, w).map((x) => f(c, y, x))));

  it('bilinear is two passes, in either order, and the formula of four terms', () => {
    const rows = resize(x, { axes: [2], size: 7, mode: 'linear' });
    const columns = resize(x, { axes: [-1], size: 9, mode: 'linear' });
    const made = runGraph(
      {
        both: resize2d(x, { size: [7, 9], mode: 'linear' }),
        rowsFirst: resize(rows, { axes: [3], size: 9, mode: 'linear' }),
        columnsFirst: resize(columns, { axes: [2], size: 7, mode: 'linear' }),
      },
      { x: value },
    );
    const four = each(7, 9, (c, y, x) => {
      const [i, j] = [Math.floor(y), Math.floor(x)];
      const [v, u] = [y - i, x - j];
      return (
        (1 - v) * (1 - u) * at(c, i, j) +
        (1 - v) * u * at(c, i, j + 1) +
        v * (1 - u) * at(c, i + 1, j) +
        v * u * at(c, i + 1, j + 1)
      );
    });
    near(made.both.data, four);
    near(made.rowsFirst.data, four);
    near(made.columnsFirst.data, four);
  });

  it('bicubic −0.5 is the polynomial of 16 coefficients that has the corners’ values and central differences', () => {
    const y = resize2d(x, { size: [15, 12], mode: { cubic: -0.5 } });
    // Solves p(0), p(1), p′(0), p′(1) for the coefficients of p.
    const solve = [
      [1, 0, 0, 0],
      [0, 0, 1, 0],
      [-3, 3, -2, -1],
      [2, -2, 1, 1],
    ];
    const dot = (a: readonly number[], b: readonly number[]) => a.reduce((s, v, k) => s + v * b[k]!, 0);
    const polynomial = each(15, 12, (c, y, x) => {
      const [i, j] = [Math.floor(y), Math.floor(x)];
      const f = (a: number, b: number) => at(c, i + a, j + b);
      const fx = (a: number, b: number) => (f(a, b + 1) - f(a, b - 1)) / 2;
      const fy = (a: number, b: number) => (f(a + 1, b) - f(a - 1, b)) / 2;
      const fxy = (a: number, b: number) => (fx(a + 1, b) - fx(a - 1, b)) / 2;
      const known = [
        [f(0, 0), f(0, 1), fx(0, 0), fx(0, 1)],
        [f(1, 0), f(1, 1), fx(1, 0), fx(1, 1)],
        [fy(0, 0), fy(0, 1), fxy(0, 0), fxy(0, 1)],
        [fy(1, 0), fy(1, 1), fxy(1, 0), fxy(1, 1)],
      ];
      const half = solve.map((row) =>
        [0, 1, 2, 3].map((k) =>
          dot(
            row,
            known.map((line) => line[k]!),
          ),
        ),
      );
      const a = half.map((row) => solve.map((column) => dot(row, column)));
      return a.reduce((sum, row, p) => sum + row.reduce((s, w, q) => s + w * (y - i) ** p * (x - j) ** q, 0), 0);
    });
    near(runGraph({ y }, { x: value }).y.data, polynomial, 1e-12);
  });

  it('area is adaptive average pooling', () => {
    const made = runGraph(
      { area: resize2d(x, { size: [3, 6], mode: 'area' }), pooled: adaptiveAvgPool2d(x, [3, 6]) },
      { x: value },
    );
    expect(made.area).toEqual(made.pooled);
  });

  it('follows axes in the order they are named in', () => {
    const crossed = resize(x, { axes: [3, 2], size: [8, 7], mode: 'linear' });
    expect(crossed.shape).toEqual([1, 2, 7, 8]);
    const made = runGraph({ crossed, plain: resize2d(x, { size: [7, 8], mode: 'linear' }) }, { x: value });
    expect(made.crossed).toEqual(made.plain);
    expect(resize(x, { axes: [1, 0], scale: [2, 3], mode: 'nearest' }).shape).toEqual([3, 4, 5, 4]);
  });
});

it('nearest by whole factors is a transposed convolution with ones', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), (r, n) => {
      const g = new GraphBuilder();
      const [x, z] = [g.input('x', f64(2, 1, n)), g.input('z', f64(1, 1, n, 1, 2))];
      const made = runGraph(
        {
          line: resize1d(x, { scale: r, mode: 'nearest' }),
          stamps: convTranspose1d(x, full(g, f64(1, 1, r), 1), { stride: r }),
          block: resize3d(z, { scale: [r, 2, 1], mode: 'nearest' }),
          cubes: convTranspose3d(z, full(g, f64(1, 1, r, 2, 1), 1), { stride: [r, 2, 1] }),
        },
        { x: draw(x), z: draw(z) },
      );
      expect(made.line).toEqual(made.stamps);
      expect(made.block).toEqual(made.cubes);
    }),
  ));

describe('sizes', () => {
  const x = new GraphBuilder().input('x', f64(1, 1, 2, 4));
  it.each<[Partial<ResizeOptions>, number[]]>([
    [{ size: [1, 3], keepAspect: 'not_larger' }, [1, 2]],
    [{ size: [1, 3], keepAspect: 'not_smaller' }, [2, 3]],
    [{ size: [7, 8], keepAspect: 'not_larger' }, [4, 8]],
    [{ size: [7, 8], keepAspect: 'not_smaller' }, [7, 14]],
    [{ scale: 1.7 }, [3, 6]],
    [{ scale: [0.5, 0.25] }, [1, 1]],
  ])('%j of 2 × 4 makes %j', (options, size) => {
    expect(resize2d(x, { ...options, mode: 'linear' }).shape).toEqual([1, 1, ...size]);
  });

  it('rounded from factors count only with recompute', () => {
    const unrounded = resizeMatrix(4, { scale: 1.7, mode: 'linear', coordinates: 'align_corners' });
    const rounded = resizeMatrix(4, { scale: 1.7, mode: 'linear', coordinates: 'align_corners', recompute: true });
    expect(rounded).toEqual(resizeMatrix(4, { size: 6, mode: 'linear', coordinates: 'align_corners' }));
    expect(rounded.at(-1)).toEqual([0, 0, 0, 1]);
    near(unrounded.at(-1)!, [0, 0, 1 - (15 / 5.8 - 2), 15 / 5.8 - 2]);
  });
});

describe('tf_crop_and_resize', () => {
  const crop = (regions: ResizeOptions['regions'], size: number, extrapolation = 9): number[] => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 5));
    const options = { size, mode: 'linear', coordinates: 'tf_crop_and_resize', extrapolation } as const;
    const y = resize1d(x, { ...options, ...(regions === undefined ? {} : { regions }) });
    return [...runGraph({ y }, { x: array(x, [0, 10, 20, 30, 40]) }).y.data];
  };
  it('reads from the start to the end of a region', () => {
    expect(crop([[0.25, 0.75]], 5)).toEqual([10, 15, 20, 25, 30]);
    expect(crop([[0.75, 0.25]], 3)).toEqual([30, 20, 10]);
    expect(crop([[0.25, 0.5]], 1)).toEqual([15]);
    expect(crop(undefined, 3)).toEqual([0, 20, 40]);
  });
  it('puts a number where it looks beyond x; the ends themselves are inside', () => {
    expect(crop([[-0.5, 1.5]], 5)).toEqual([9, 0, 20, 40, 9]);
    expect(crop([[2, 3]], 2, 7)).toEqual([7, 7]);
  });
  it('does so in every axis, and passes no gradient there', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 2, 2));
    const y = resize2d(x, {
      size: [3, 2],
      mode: 'linear',
      coordinates: 'tf_crop_and_resize',
      regions: [
        [-1, 1],
        [0, 1],
      ],
      extrapolation: -1,
    });
    expect([...runGraph({ y }, { x: array(x, [1, 2, 3, 4]) }).y.data]).toEqual([-1, -1, 1, 2, 3, 4]);
  });
});

describe('edges', () => {
  const x = (...shape: number[]) => new GraphBuilder().input('x', f64(...shape));
  it('batches and channels of nothing stay nothing', () => {
    expect(resize2d(x(0, 3, 2, 2), { scale: 2, mode: 'cubic' }).shape).toEqual([0, 3, 4, 4]);
    expect(resize(x(2, 0, 3), { axes: [2], size: 2, mode: 'area' }).shape).toEqual([2, 0, 2]);
  });
  it('one element is all that a single one can become', () => {
    for (const mode of ['nearest', 'linear', 'cubic', 'lanczos', 'area'] as const)
      near(resizeMatrix(1, { size: 3, mode }).flat(), [1, 1, 1]);
  });
  it.each([
    [{ size: 2, mode: 'linear' }, [1, 1, 0], 'resize/empty'],
    [{ size: 2, mode: { cubic: Number.NaN } }, [1, 1, 4], 'resize/options'],
    [{ size: 2, mode: { lanczos: 2.5 } }, [1, 1, 4], 'resize/options'],
    [{ size: 2, mode: 'nearest', antialias: true }, [1, 1, 4], 'resize/options'],
    [{ size: 2, mode: 'linear', keepAspect: 'larger' }, [1, 1, 4], 'resize/options'],
    [{ size: 1, mode: 'linear', keepAspect: 'not_larger' }, [1, 1, 4, 1], 'resize/rank'],
    [{ size: 2, mode: 'linear', regions: [] }, [1, 1, 4], 'option/axes'],
    [{ size: 2, mode: 'linear', regions: [[0, Number.NaN]] }, [1, 1, 4], 'option/value'],
    [{ size: 2, mode: 'linear', extrapolation: Number.NaN }, [1, 1, 4], 'option/value'],
  ])('refuses %j of %j with %s', (options, shape, code) => {
    // Options as a caller without types would give them.
    expect(() => resize1d(x(...shape), options as ResizeOptions)).toThrow(`${code}:`);
  });
  it('refuses axes that do not exist or are named twice', () => {
    const plain: (x: Tensor, options: ResizeOptions & { axes: number[] }) => Tensor = resize;
    expect(() => plain(x(1, 1, 4), { axes: [3], size: 2, mode: 'linear' })).toThrow('axes/range:');
    expect(() => plain(x(1, 1, 4), { axes: [2, -1], size: 2, mode: 'linear' })).toThrow('axes/repeated:');
    expect(() =>
      plain(x(1, 1, 9, 1), { axes: [2, 3], size: [1, 1], mode: 'linear', keepAspect: 'not_larger' }),
    ).toThrow('resize/size:');
  });
});
