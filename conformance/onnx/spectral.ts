import { type Complex, concat, expandDims, fft, ifft, irfft, rfft, slice, squeeze, type Tensor } from 'cotangent';
import type { OnnxAdapters } from './adapter.ts';

/** Fourier transforms; ONNX has real and imaginary part along a last axis, of size 1 where numbers are real. */
export const spectral: OnnxAdapters = {
  DFT: (node) => {
    const x = node.x(0);
    const [length] = node.optionalNumbers(1) ?? [];
    const given = node.opset < 20 ? node.int('axis', 1) : (node.optionalNumbers(2)?.[0] ?? -2);
    const axis = given < 0 ? given + x.shape.length : given;
    const options = { axis, ...(length === undefined ? {} : { length }) };
    if (!node.flag('onesided')) return pairs((node.flag('inverse') ? ifft : fft)(complex(x), options));
    return node.flag('inverse') ? expandDims(irfft(complex(x), options), -1) : pairs(rfft(part(x, 0), options));
  },
};

const pairs = ({ real, imag }: Complex): Tensor => concat([expandDims(real, -1), expandDims(imag, -1)], -1);

const complex = (x: Tensor): Complex | Tensor =>
  x.shape.at(-1) === 2 ? { real: part(x, 0), imag: part(x, 1) } : part(x, 0);

function part(x: Tensor, which: 0 | 1): Tensor {
  const starts = x.shape.map((_, k) => (k === x.shape.length - 1 ? which : 0));
  return squeeze(slice(x, { starts, limits: x.shape.with(-1, which + 1) }), -1);
}
