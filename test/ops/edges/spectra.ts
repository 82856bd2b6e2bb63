import { fft, irfft, rfft } from '../../../src/ops/index.ts';
import { type Edge, edge, floats } from './edge.ts';

/** Fourier transforms. */
export const spectralEdges: readonly Edge[] = [
  edge(
    'fft',
    'one element: itself',
    { x: floats([1], [3]) },
    (t) => fft(t.x!),
    'real f64[1]{3}; imag f64[1]{0}; d_x {1}',
  ),
  edge('fft', 'no elements', { x: floats([0]) }, (t) => fft(t.x!), 'real f64[0]{}; imag f64[0]{}; d_x {}'),
  edge('fft', 'no signals', { x: floats([0, 4]) }, (t) => fft(t.x!), 'real f64[0,4]{}; imag f64[0,4]{}; d_x {}'),
  edge('rfft', 'one element', { x: floats([1], [3]) }, (t) => rfft(t.x!), 'real f64[1]{3}; imag f64[1]{0}; d_x {1}'),
  edge(
    'irfft',
    'one frequency, one element',
    { x: floats([1], [3]) },
    (t) => irfft(t.x!, { length: 1 }),
    'f64[1]{3}; d_x {1}',
  ),
];
