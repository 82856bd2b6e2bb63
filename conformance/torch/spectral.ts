import { type Complex, fft, ifft, irfft, neg, rfft, type Tensor, zerosLike } from 'cotangent';
import type { Adapter, Adapters, Inputs, Outputs } from './adapter.ts';

/**
 * Fourier transforms; complex numbers as `input_real` and `input_imag`. Those over several axes are those over one after the
 * other, the real one first going and last coming back.
 */
export const spectral: Adapters = {
  fft: (inputs, { n, dim = -1, norm }) => parts(fft(complex(inputs), one(n, dim, norm))),
  fft2: over(fft, [-2, -1]),
  fftn: over(fft),
  hfft: (inputs, { n, dim = -1, norm }) => {
    const { real, imag } = complex(inputs);
    return { output: irfft({ real, imag: neg(imag) }, one(n, dim, swapped(norm))) };
  },
  ifft: (inputs, { n, dim = -1, norm }) => parts(ifft(complex(inputs), one(n, dim, norm))),
  ifft2: over(ifft, [-2, -1]),
  ifftn: over(ifft),
  ihfft: ({ input }, { n, dim = -1, norm }) => {
    const { real, imag } = rfft(input, one(n, dim, swapped(norm)));
    return parts({ real, imag: neg(imag) });
  },
  irfft: (inputs, { n, dim = -1, norm }) => ({ output: irfft(complex(inputs), one(n, dim, norm)) }),
  irfft2: fromReal([-2, -1]),
  irfftn: fromReal(),
  rfft: ({ input }, { n, dim = -1, norm }) => parts(rfft(input, one(n, dim, norm))),
  rfft2: toReal([-2, -1]),
  rfftn: toReal(),
};

type Norm = 'forward' | 'backward' | 'ortho';
type Options = { axis: number; norm: Norm; length?: number };

/** PyTorch's options of a transform along one axis. */
const one = (n: number | null | undefined, axis: number, norm: Norm | null | undefined): Options => ({
  axis,
  norm: norm ?? 'backward',
  ...(n == null || n === -1 ? {} : { length: n }),
});

/** Those of a transform along several: `s` sizes, the axes all of them or as many of the last as there are sizes. */
function several(x: Tensor, { s, dim, norm }: Parameters<Adapter>[1], usual?: readonly number[]): Options[] {
  const rank = x.shape.length;
  const axes: readonly number[] =
    dim ?? usual ?? Array.from({ length: s?.length ?? rank }, (_, k) => k + rank - (s?.length ?? rank));
  return axes.map((axis, k) => one(s?.[k], axis, norm));
}

function over(transform: typeof fft, usual?: readonly number[]): Adapter {
  return (inputs, attributes) => {
    const z = complex(inputs);
    return parts(several(z.real, attributes, usual).reduce((y, options) => transform(y, options), z));
  };
}

function toReal(usual?: readonly number[]): Adapter {
  return ({ input }, attributes) => {
    const options = several(input, attributes, usual);
    return parts(options.slice(0, -1).reduce((y, each) => fft(y, each), rfft(input, options.at(-1)!)));
  };
}

function fromReal(usual?: readonly number[]): Adapter {
  return (inputs, attributes) => {
    const z = complex(inputs);
    const options = several(z.real, attributes, usual);
    return {
      output: irfft(
        options.slice(0, -1).reduce((y, each) => ifft(y, each), z),
        options.at(-1)!,
      ),
    };
  };
}

/** A real input has no imaginary part. */
function complex({ input, input_real: real = input, input_imag: imag }: Partial<Inputs>): Complex {
  return { real: real!, imag: imag ?? zerosLike(real!) };
}

const parts = ({ real, imag }: Complex): Outputs => ({ output_real: real, output_imag: imag });

/** Hermitian transforms go the other way. */
const swapped = (norm: Norm | null | undefined): Norm =>
  norm === 'ortho' ? norm : norm === 'forward' ? 'backward' : 'forward';
