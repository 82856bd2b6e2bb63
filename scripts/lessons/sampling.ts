import { array } from '../../src/graph/nd-array.ts';
import { f64 } from '../../src/graph/type.ts';
import { antialiasDownsample, reshape, resize2d, slice } from '../../src/ops/index.ts';
import { greyScene } from './convolution.ts';
import { evaluate } from './evaluate.ts';
import { imageRow } from './image-row.ts';

/** Rings that get finer outwards: every fourth pixel as it is, and after a Gaussian by two rules. */
function stripes(): Uint8Array {
  const size = 128;
  const rings = array(
    f64(1, 1, size, size),
    Array.from({ length: size * size }, (_, i) => {
      const [y, x] = [(i >> 7) - 63.5, (i & 127) - 63.5];
      return 0.5 + 0.5 * Math.cos((x * x + y * y) / 60);
    }),
  );
  const small = size / 4;
  const plain = evaluate(rings, (x) =>
    reshape(slice(x, { starts: [0, 0, 0, 0], limits: [1, 1, size, size], steps: [1, 1, 4, 4] }), [1, small, small]),
  );
  const by = (rule: 'seed' | 's/2'): ReturnType<typeof evaluate> =>
    evaluate(rings, (x) => reshape(antialiasDownsample(x, { factor: 4, rule }), [1, small, small]));
  return imageRow([reshaped(rings, [1, size, size]), plain, by('seed'), by('s/2')], { side: 192 });
}

function enlarged(): Uint8Array {
  const scene = evaluate(greyScene(96, 11), (x) => antialiasDownsample(reshape(x, [1, 1, 96, 96]), { factor: 4 }));
  const modes = ['nearest', 'linear', { cubic: -0.5 }, { cubic: -0.75 }, { lanczos: 3 }, 'area'] as const;
  return imageRow(
    modes.map((mode) => evaluate(scene, (x) => reshape(resize2d(x, { size: 144, mode }), [1, 144, 144]))),
    { side: 192, columns: 3 },
  );
}

const reshaped = (x: ReturnType<typeof evaluate>, shape: readonly number[]): ReturnType<typeof evaluate> =>
  array({ dtype: x.dtype, shape }, [...x.data]);

export const sampling: { readonly [file: string]: () => Uint8Array } = {
  'stripes.png': stripes,
  'enlarged.png': enlarged,
};
