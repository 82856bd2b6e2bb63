import { fail } from '../graph/error.ts';

/**
 * What four sources do where conventions differ and nothing is said, as options to spread into calls.
 *
 * - `torch`: PyTorch and torchvision. Its `nearest` is not its `nearest-exact`.
 * - `onnx`: the operators' newest versions.
 * - `tf`: TensorFlow 2 (`tf.nn`, `tf.image`); its cubic kernel leaves out what lies outside.
 * - `seed`: the lecture notes. They sample between points, round(x), halves up; average over k² always; pad `same` by
 *   equal amounts; transform with 1/MN; shift taps by (x, y); have two orders for blocks, one for pixel shuffle and one
 *   for depth to space. Ties, which they do not settle, go to the first.
 */
const presets = {
  torch: {
    avgPool: { countIncludePad: true },
    maxPool: { ties: 'first' },
    nearest: { mode: 'nearest', coordinates: 'asymmetric', rounding: 'floor' },
    linear: { mode: 'linear', coordinates: 'half_pixel' },
    cubic: { mode: { cubic: -0.75 }, coordinates: 'half_pixel' },
    linearAntialias: { mode: 'linear', coordinates: 'half_pixel', antialias: true, excludeOutside: true },
    cubicAntialias: { mode: { cubic: -0.5 }, coordinates: 'half_pixel', antialias: true, excludeOutside: true },
    pixelShuffle: { order: 'crd' },
    depthToSpace: { order: 'crd' },
    same: { padding: 'same-upper' },
    fft: { norm: 'backward' },
    deformConv: { offsetOrder: 'yx' },
    antialias: { rule: 's/2' },
  },
  onnx: {
    avgPool: { countIncludePad: false, stride: 1 },
    maxPool: { ties: 'first', stride: 1 },
    nearest: { mode: 'nearest', coordinates: 'half_pixel', rounding: 'round_prefer_floor' },
    linear: { mode: 'linear', coordinates: 'half_pixel' },
    cubic: { mode: { cubic: -0.75 }, coordinates: 'half_pixel' },
    linearAntialias: { mode: 'linear', coordinates: 'half_pixel', antialias: true },
    cubicAntialias: { mode: { cubic: -0.75 }, coordinates: 'half_pixel', antialias: true },
    pixelShuffle: { order: 'dcr' },
    depthToSpace: { order: 'dcr' },
    same: { padding: 'same-upper' },
    fft: { norm: 'backward' },
    deformConv: { offsetOrder: 'yx' },
    antialias: { rule: 's/2' },
  },
  tf: {
    avgPool: { countIncludePad: false },
    maxPool: { ties: 'first' },
    nearest: { mode: 'nearest', coordinates: 'half_pixel', rounding: 'round_prefer_ceil' },
    linear: { mode: 'linear', coordinates: 'half_pixel' },
    cubic: { mode: { cubic: -0.5 }, coordinates: 'half_pixel', excludeOutside: true },
    linearAntialias: { mode: 'linear', coordinates: 'half_pixel', antialias: true, excludeOutside: true },
    cubicAntialias: { mode: { cubic: -0.5 }, coordinates: 'half_pixel', antialias: true, excludeOutside: true },
    pixelShuffle: { order: 'dcr' },
    depthToSpace: { order: 'dcr' },
    same: { padding: 'same-upper' },
    fft: { norm: 'backward' },
    deformConv: { offsetOrder: 'yx' },
    antialias: { rule: 's/2' },
  },
  seed: {
    avgPool: { countIncludePad: true },
    maxPool: { ties: 'first' },
    nearest: { mode: 'nearest', coordinates: 'asymmetric', rounding: 'round_prefer_ceil' },
    linear: { mode: 'linear', coordinates: 'asymmetric' },
    cubic: { mode: { cubic: -0.5 }, coordinates: 'asymmetric' },
    linearAntialias: { mode: 'linear', coordinates: 'asymmetric', antialias: true },
    cubicAntialias: { mode: { cubic: -0.5 }, coordinates: 'asymmetric', antialias: true },
    pixelShuffle: { order: 'crd-transposed' },
    depthToSpace: { order: 'crd' },
    same: { padding: 'same-strict' },
    fft: { norm: 'forward' },
    deformConv: { offsetOrder: 'xy' },
    antialias: { rule: 'seed' },
  },
} as const;

/** The sources that have a preset. */
export type PresetName = keyof typeof presets;

/** Options by what they are for; see `preset`. */
export type Preset<N extends PresetName = PresetName> = (typeof presets)[N];

/**
 * The conventions of PyTorch (`'torch'`), ONNX, TensorFlow (`'tf'`) or the lecture notes (`'seed'`), as plain records to spread
 * into options, what one says oneself after them (operators.md section 2):
 * `avgPool2d(x, { ...preset('onnx').avgPool, kernel: 3 })`, `resize2d(x, { ...preset('tf').cubic, size })`,
 * `depthToSpace(x, { ...preset('torch').pixelShuffle, block: 2 })`, `conv2d(x, w, preset('tf').same)`.
 *
 * Pooling divisors (`avgPool`), ties (`maxPool`), resizing by mode (`nearest`, `linear`, `cubic`, and with antialias), block order
 * (`pixelShuffle`, `depthToSpace`), `same` padding, transforms (`fft`), offsets (`deformConv`), width of the blur before
 * downsampling (`antialias`).
 *
 * @throws CotangentError `preset/name` for another name.
 */
export function preset<N extends PresetName>(name: N): Preset<N> {
  if (!Object.hasOwn(presets, name))
    fail('preset/name', `there is no preset '${String(name)}'`, `use one of ${Object.keys(presets).join(', ')}.`);
  return presets[name];
}
