import { fail } from '../../../graph/error.ts';

/**
 * How wide a Gaussian has to be before every s-th element is kept (operators.md 29): σ = s/2π (`seed`, hardly any
 * filtering), s/π, s/2, (s − 1)/2 (`skimage`), or what lowers frequencies at the new limit by 20 dB (`-20dB`), 0.683·s.
 */
export type AntialiasRule = 'seed' | 's/pi' | 's/2' | 'skimage' | '-20dB';

const rules: { readonly [rule in AntialiasRule]: (s: number) => number } = {
  seed: (s) => s / (2 * Math.PI),
  's/pi': (s) => s / Math.PI,
  's/2': (s) => s / 2,
  skimage: (s) => (s - 1) / 2,
  // The Gaussian's response exp(−2π²σ²f²) is 1/10 at the new limit f = 1/2s.
  '-20dB': (s) => (Math.sqrt(2 * Math.LN10) / Math.PI) * s,
};

/**
 * The width that a rule gives for keeping every `factor`-th element; 0 where nothing is dropped.
 *
 * @throws CotangentError `option/value` for an unknown rule.
 */
export function antialiasSigma(rule: AntialiasRule, factor: number): number {
  if (!Object.hasOwn(rules, rule))
    fail('option/value', `rule is ${String(rule)}`, `use one of ${Object.keys(rules).join(', ')}.`);
  return factor === 1 ? 0 : rules[rule](factor);
}
