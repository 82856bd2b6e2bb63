import type { Compared } from './compare.ts';

/** A comparison as data, for other programs: numbers in full, no pictures. */
export function comparisonJson({ comparison, config, data, outcomes, interrupted, seconds }: Compared): object {
  const { miou, accuracy, mboundary } = data.baseline;
  return {
    format: 'cotangent-compare/1',
    ...comparison,
    data: { name: data.name, classNames: data.classNames, training: data.training, validation: data.validation.length },
    config: { ...config, net: undefined },
    seconds,
    interrupted,
    baseline: { miou, accuracy, boundary: mboundary },
    nets: outcomes.map((outcome) => {
      if (outcome.kind !== 'measured') return outcome;
      const { scores, losses, mious, samples, ...costs } = outcome.net;
      return {
        ...costs,
        ...scores,
        losses,
        mious,
        samples: samples.map(({ name, miou }) => ({ name, miou })),
      };
    }),
  };
}
