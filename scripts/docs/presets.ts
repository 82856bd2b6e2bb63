import { type PresetName, preset } from '../../src/ops/index.ts';

const names: readonly PresetName[] = ['torch', 'onnx', 'tf', 'seed'];

/** What each part of a preset is spread into: names of exports without their dimensions. */
const parts: { readonly [part in keyof ReturnType<typeof preset<'torch'>>]: readonly string[] } = {
  avgPool: ['avgPool'],
  maxPool: ['maxPool', 'maxPoolWithIndices'],
  nearest: ['resize'],
  linear: ['resize'],
  cubic: ['resize'],
  linearAntialias: ['resize'],
  cubicAntialias: ['resize'],
  pixelShuffle: ['pixelShuffle', 'pixelUnshuffle', 'depthToSpace', 'spaceToDepth'],
  depthToSpace: ['depthToSpace', 'spaceToDepth'],
  same: ['conv', 'maxPool', 'avgPool'],
  fft: ['fft', 'ifft', 'rfft', 'irfft', 'fft2', 'ifft2', 'rfft2', 'irfft2'],
  deformConv: ['deformConv'],
  antialias: ['antialiasDownsample'],
};

/** The parts of the presets that concern some exports, each with what every source says. */
export function presetsFor(exports: readonly string[]): string[] {
  const stems = exports.map((name) => name.replace(/[123]d$/, ''));
  return Object.entries(parts).flatMap(([part, of]) => {
    if (!of.some((name) => stems.includes(name))) return [];
    const choices = names.map((name) => {
      const all: { readonly [part: string]: object } = preset(name);
      return `${name} \`${JSON.stringify(all[part])}\``;
    });
    return [`preset \`${part}\`: ${choices.join(', ')}`];
  });
}
