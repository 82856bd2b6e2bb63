import { type AntialiasRule, antialiasResponse } from '../../ops/index.ts';

/** What a rule against aliasing does before every `factor`-th element is kept. */
export interface AntialiasRow {
  readonly rule: AntialiasRule;
  /** Standard deviation of its Gaussian, in elements. */
  readonly sigma: number;
  /** What it leaves of the amplitude at the new limit, and in decibels. */
  readonly atLimit: number;
  readonly decibels: number;
  /** The share of white noise's energy after sampling that is aliased. */
  readonly aliased: number;
  /** The share of the energy below the limit that it takes away: what is blurred. */
  readonly blurred: number;
}

const rules: readonly AntialiasRule[] = ['seed', 's/pi', 'skimage', 's/2', '-20dB'];
const bins = 4096;

/** All rules against aliasing side by side (operators.md 29): each trades blur for aliasing. */
export function antialiasTable(factor: number): AntialiasRow[] {
  return rules.map((rule) => {
    const { sigma, atLimit, decibels, response } = antialiasResponse(factor, { rule });
    let [below, above, inside] = [0, 0, 0];
    for (let k = 0; k < bins; k++) {
      const frequency = (k + 0.5) / (2 * bins);
      const energy = response(frequency) ** 2;
      if (frequency > 1 / (2 * factor)) above += energy;
      else {
        below += energy;
        inside += 1;
      }
    }
    return { rule, sigma, atLimit, decibels, aliased: above / (above + below), blurred: 1 - below / inside };
  });
}
