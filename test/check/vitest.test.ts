import 'cotangent/check/vitest';
import { f32, f64, GraphBuilder } from 'cotangent';
import { mul, neg, ops, relu, sum } from 'cotangent/ops';
import { describe, expect, it } from 'vitest';
import { averagePool } from '../../examples/06-own-operator.ts';
import { wrongPool } from '../../examples/06-wrong-border.ts';
import { customVjp } from '../../src/autodiff/index.ts';

const messageOf = async (assertion: Promise<void>): Promise<string> => {
  try {
    await assertion;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the assertion held');
};

describe('toHaveProvedGradients', () => {
  it('holds for right operators, functions and graphs', async () => {
    await expect(averagePool).toHaveProvedGradients({ runs: 10, order: 2, seed: 5 });
    await expect(ops.mul).toHaveProvedGradients({ runs: 5 });
    await expect(({ x }: { x: never }) => relu(mul(x, x))).toHaveProvedGradients({ types: { x: f64(2, 3) } });
    const g = new GraphBuilder();
    const x = g.input('x', f32(2, 3));
    await expect(g.build({ y: sum(mul(x, x)), z: neg(x) })).toHaveProvedGradients({
      degree: { x: 2 },
      dyadic: true,
      order: 2,
    });
  });

  it('fails with the smallest case and the command that repeats it', async () => {
    const message = await messageOf(expect(wrongPool).toHaveProvedGradients());
    expect(message).toContain('expected gradients to be proved, but\ngradcheck/mismatch: wrongPool.x: numeric 1');
    expect(message).toMatch(/smallest case {2}x f64\[1,1\]/);
    expect(message).toMatch(/replay {9}cotangent gradcheck wrongPool --seed 1 --path/);
    await expect(wrongPool).not.toHaveProvedGradients();
  });

  it('fails for wrong functions, for what is inconclusive and for what is nothing of the kind', async () => {
    const tripled = ({ x }: { x: never }) =>
      customVjp(
        { x },
        () => mul(x, x),
        ({ ct }) => ({ x: mul(ct, 3) }),
      );
    expect(await messageOf(expect(tripled).toHaveProvedGradients({ types: { x: f64(2) } }))).toContain(
      'gradcheck/mismatch',
    );
    const atKink = expect(({ x }: { x: never }) => relu(x)).toHaveProvedGradients({
      types: { x: f64(2) },
      draw: { x: { kind: 'integers', low: 0, high: 0 } },
    });
    expect(await messageOf(atKink)).toContain('the drawn point lies on a kink');
    expect(await messageOf(expect(3).toHaveProvedGradients())).toContain('gradcheck/options');
  });

  it('says what was proved where that was not expected', async () => {
    const message = await messageOf(expect(ops.neg).not.toHaveProvedGradients({ runs: 3 }));
    expect(message).toMatch(/but \d+ derivatives of neg were, in \d geometries to order 1/);
  });
});
