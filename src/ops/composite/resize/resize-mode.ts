import { fail } from '../../../graph/error.ts';

/**
 * How the elements around a position are weighed.
 *
 * - `nearest`: one of the two neighbours, by `rounding`;
 * - `linear`: both by nearness;
 * - `{ cubic: a }`: the four nearest by Keys' kernel of slope a at distance 1; `'cubic'` is a = −0.75, the default of
 *   PyTorch, OpenCV and ONNX; a = −0.5 alone reproduces quadratics, and is what PyTorch and Pillow use with antialias;
 * - `{ lanczos: a }`: the 2a nearest by sinc(d)·sinc(d / a), divided by their sum; `'lanczos'` is a = 3;
 * - `area`: means of windows from ⌊i·L/n⌋ to ⌈(i + 1)·L/n⌉, PyTorch's `area`; positions play no part.
 */
export type ResizeMode =
  | 'nearest'
  | 'linear'
  | 'cubic'
  | 'lanczos'
  | 'area'
  | { readonly cubic: number }
  | { readonly lanczos: number };

/** A mode with its number written out. */
export type FullMode = Exclude<ResizeMode, 'cubic' | 'lanczos'>;

/**
 * The mode with its number written out.
 *
 * @throws CotangentError `resize/options` for anything else than a mode.
 */
export function fullMode(mode: ResizeMode): FullMode {
  if (mode === 'nearest' || mode === 'linear' || mode === 'area') return mode;
  if (mode === 'cubic') return { cubic: -0.75 };
  if (mode === 'lanczos') return { lanczos: 3 };
  if (typeof mode === 'object' && mode !== null) {
    if ('cubic' in mode && Number.isFinite(mode.cubic)) return mode;
    if ('lanczos' in mode && Number.isSafeInteger(mode.lanczos) && mode.lanczos >= 1) return mode;
  }
  return fail(
    'resize/options',
    `unknown mode ${JSON.stringify(mode) ?? String(mode)}`,
    "use 'nearest', 'linear', 'area', 'cubic' or { cubic: −0.5 }, 'lanczos' or { lanczos: 3 } (a whole number).",
  );
}
