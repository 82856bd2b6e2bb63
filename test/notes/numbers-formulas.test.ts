import { describe, expect, test } from 'vitest';
import { array, f64, type Tensor } from '../../src/graph/index.ts';
import {
  antialiasResponse,
  constant,
  deformConv2d,
  depthToSpace,
  fft2,
  preset,
  resize1d,
  resize2d,
} from '../../src/ops/index.ts';
import { line, plane, values } from './values.ts';

describe('formulas of the notes, term by term', () => {
  test('S0 2.1.2: four terms, or first along x and then along y', () => {
    const corners = [3, 7, 12, 26] as const;
    const [f00, f10, f01, f11] = corners;
    // Between pixel centres, at a quarter and three quarters, as half-pixel centres have them.
    const { y } = values({ x: plane(2, 2, corners) }, ({ x }) => ({
      y: resize2d(x, { size: 4, mode: 'linear' }) as Tensor,
    }));
    for (const [at, [u, v]] of [
      [5, [0.25, 0.25]],
      [6, [0.75, 0.25]],
      [9, [0.25, 0.75]],
    ] as const) {
      expect(y[at]).toBe(f00 * (1 - u) * (1 - v) + f10 * u * (1 - v) + f01 * (1 - u) * v + f11 * u * v);
      const [top, bottom] = [f00 * (1 - u) + f10 * u, f01 * (1 - u) + f11 * u];
      expect(y[at]).toBe(top * (1 - v) + bottom * v);
    }
  });

  test('S0 2.1.3: the cubic kernel at a half, a = −0.5', () => {
    const { y } = values({ x: line(0, 0, 16, 0, 0, 0) }, ({ x }) => ({
      y: resize1d(x, { size: 12, mode: { cubic: -0.5 }, coordinates: 'asymmetric' }) as Tensor,
    }));
    const w = (t: number, a = -0.5): number =>
      t <= 1 ? (a + 2) * t ** 3 - (a + 3) * t ** 2 + 1 : a * t ** 3 - 5 * a * t ** 2 + 8 * a * t - 4 * a;
    expect([1, 3, 4, 5, 7].map((at) => y[at]! / 16)).toEqual([1.5, 0.5, 0, 0.5, 1.5].map((t) => w(t)));
    expect([w(0.5), w(1.5)]).toEqual([9 / 16, -1 / 16]);
  });

  test('S0 1.3.2: G_σ on whole pixels does not sum to 1 by its own factor; taps do', () => {
    const { sigma, taps } = antialiasResponse(2, { rule: 'seed' });
    expect(sigma).toBe(2 / (2 * Math.PI));
    expect(taps.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
    const middle = (taps.length - 1) / 2;
    const bell = (x: number): number => Math.exp((-x * x) / (2 * sigma ** 2)) / Math.sqrt(2 * Math.PI * sigma ** 2);
    const raw = taps.map((_, k) => bell(k - middle));
    const total = raw.reduce((a, b) => a + b, 0);
    expect(total).toBeGreaterThan(1.2);
    taps.forEach((tap, k) => {
      expect(tap).toBeCloseTo(raw[k]! / total, 12);
    });
  });

  test('S0 1.3.3: F(u, v) with 1/MN', () => {
    const [M, N] = [2, 3];
    const f = [1, 4, 2, 8, 5, 7];
    const { real, imag } = values({ f: array(f64(M, N), f) }, ({ f }) => ({ ...fft2(f, preset('seed').fft) }));
    for (let u = 0; u < M; u++)
      for (let v = 0; v < N; v++) {
        let [re, im] = [0, 0];
        for (let x = 0; x < M; x++)
          for (let y = 0; y < N; y++) {
            const turn = -2 * Math.PI * ((u * x) / M + (v * y) / N);
            re += (f[x * N + y]! * Math.cos(turn)) / (M * N);
            im += (f[x * N + y]! * Math.sin(turn)) / (M * N);
          }
        expect(real[u * N + v]).toBeCloseTo(re, 12);
        expect(imag[u * N + v]).toBeCloseTo(im, 12);
      }
  });

  test('S0 2.2.4, 2.3.2: both formulas for blocks, element by element', () => {
    const [C, H, W, r] = [2, 2, 3, 2];
    const X = array(
      f64(1, C * r * r, H, W),
      Array.from({ length: C * r * r * H * W }, (_, i) => i),
    );
    const made = values({ X }, ({ X }) => ({
      shuffled: depthToSpace(X, { ...preset('seed').pixelShuffle, block: r }) as Tensor,
      spread: depthToSpace(X, { ...preset('seed').depthToSpace, block: r }) as Tensor,
    }));
    for (let c = 0; c < C; c++)
      for (let x = 0; x < H * r; x++)
        for (let y = 0; y < W * r; y++) {
          const at = (channel: number): number => (channel * H + Math.floor(x / r)) * W + Math.floor(y / r);
          const place = (c * H * r + x) * W * r + y;
          expect(made.shuffled[place]).toBe(at(c * r * r + r * (y % r) + (x % r)));
          expect(made.spread[place]).toBe(at(c * r * r + (x % r) * r + (y % r)));
        }
  });

  test('S0 5.3: x(p) = Σ G(q, p) x(q) at an offset between pixels', () => {
    const [down, right] = [0.25, 0.5];
    const { y } = values({ x: plane(3, 3, [1, 2, 4, 8, 16, 32, 64, 128, 256]) }, ({ x }) => {
      const offset = constant(x.graph, f64(1, 2, 1, 1), [down, right]);
      return { y: deformConv2d(x, offset, constant(x.graph, f64(1, 1, 1, 1), [3]), { stride: 3 }) as Tensor };
    });
    const hat = (t: number): number => Math.max(0, 1 - Math.abs(t));
    const sum = [1, 2, 4, 8, 16, 32, 64, 128, 256].reduce(
      (total, value, q) => total + hat(Math.floor(q / 3) - down) * hat((q % 3) - right) * value,
      0,
    );
    expect(y[0]).toBe(3 * sum);
  });
});
