import { array, type NdArray } from 'cotangent';
import { checkExternal, type ExternalCheck, TargetError } from 'cotangent/check';
import { mul } from 'cotangent/ops';
import { expect, it } from 'vitest';

const each = (x: NdArray, f: (value: number, i: number) => number): NdArray =>
  array(
    x,
    Array.from(x.data, (value, i) => f(value, i)),
  );

/** x² in doubles, with its right gradient. */
const square: ExternalCheck = {
  name: 'square',
  inputs: { x: { type: { dtype: 'f64', shape: [2, 3] }, degree: 2 } },
  precision: 'f64',
  covers: ['square'],
  forward: ({ x }) => each(x!, (v) => v * v),
  vjp: ({ x }, ct) => ({ x: each(x!, (v, i) => 2 * v * ct.data[i]!) }),
};
const reference: NonNullable<ExternalCheck['reference']> = ({ x }) => mul(x!, x!);

it('proves what is right, with and without the same function here', async () => {
  expect(await checkExternal(square)).toEqual({ verdict: 'proved', compared: 6, covers: ['square'] });
  expect((await checkExternal({ ...square, reference })).verdict).toBe('proved');
});

it('proves smooth functions in single precision', async () => {
  const outcome = await checkExternal({
    name: 'exp',
    inputs: { x: { type: { dtype: 'f32', shape: [4] } } },
    forward: async ({ x }) => each(x!, Math.exp),
    vjp: async ({ x }, ct) => ({ x: each(x!, (v, i) => Math.exp(v) * ct.data[i]!) }),
  });
  expect(outcome.verdict).toBe('proved');
});

it('refutes a gradient that contradicts its own forward, and shows both', async () => {
  const wrong: ExternalCheck = { ...square, vjp: ({ x }, ct) => ({ x: each(x!, (v, i) => v * ct.data[i]!) }) };
  for (const check of [wrong, { ...wrong, reference }]) {
    const { verdict, failure } = await checkExternal(check);
    expect(verdict).toBe('refuted');
    expect(failure!.summary).toMatch(/^gradient of x contradicts its own forward: dx\[0,0\] is .*, numeric /);
    const { analytic, numeric } = failure!.compared!;
    expect(numeric.data[0]).toBe(2 * analytic.data[0]!);
  }
});

it('refutes a relative error of a millionth in doubles', async () => {
  const { verdict } = await checkExternal({
    ...square,
    vjp: ({ x }, ct) => ({ x: each(x!, (v, i) => (2 + 2e-6) * v * ct.data[i]!) }),
  });
  expect(verdict).toBe('refuted');
});

it('tells a wrong value from a wrong gradient', async () => {
  const { verdict, failure } = await checkExternal({
    ...square,
    reference,
    forward: ({ x }) => each(x!, (v) => 3 * v * v),
    vjp: ({ x }, ct) => ({ x: each(x!, (v, i) => 6 * v * ct.data[i]!) }),
  });
  expect(verdict).toBe('refuted');
  expect(failure!.summary).toMatch(/^forward differs from ours: y\[0,0\]/);
  expect(failure!.details).toContain('its gradient agrees with its own forward');
});

it('calls a gradient missing that the library throws at, or leaves out', async () => {
  const throwing = await checkExternal({
    ...square,
    vjp: () => {
      throw new Error('gradient function not found for Square.');
    },
  });
  expect(throwing).toMatchObject({
    verdict: 'missing',
    compared: 0,
    failure: { summary: 'no gradient: gradient function not found for Square.' },
  });
  expect((await checkExternal({ ...square, vjp: () => ({}) })).verdict).toBe('missing');
});

it('calls an operator missing that the library refuses', async () => {
  const { verdict, failure } = await checkExternal({
    ...square,
    forward: () => Promise.reject(new Error('no such kernel')),
  });
  expect([verdict, failure!.summary]).toEqual(['missing', 'the operator itself is refused: no such kernel']);
});

it('refutes gradients of another shape', async () => {
  const { verdict, failure } = await checkExternal({
    ...square,
    vjp: ({ x }) => ({ x: array({ dtype: 'f64', shape: [6] }, x!.data) }),
  });
  expect([verdict, failure!.summary]).toEqual(['refuted', 'the gradient of x is f64[6], the input f64[2,3]']);
});

it('refutes a library that dies', async () => {
  const { verdict, failure } = await checkExternal({
    ...square,
    vjp: () => Promise.reject(new TargetError('it ended')),
  });
  expect([verdict, failure!.summary]).toEqual(['refuted', 'it ended']);
});

/** The greatest element, whose ties share the cotangent as `share` says. */
const greatest = (share: (ties: number) => number): ExternalCheck => ({
  name: 'max',
  inputs: { x: { type: { dtype: 'f64', shape: [6] }, degree: 1, draw: { kind: 'integers', low: 0, high: 1 } } },
  precision: 'f64',
  kink: true,
  forward: ({ x }) => array({ dtype: 'f64', shape: [] }, [Math.max(...x!.data)]),
  vjp: ({ x }, ct) => {
    const most = Math.max(...x!.data);
    const ties = Array.from(x!.data).filter((v) => v === most).length;
    return { x: each(x!, (v) => (v === most ? ct.data[0]! * share(ties) : 0)) };
  },
});

it('asks of ties that the cotangent is handed out once', async () => {
  expect((await checkExternal(greatest((ties) => 1 / ties))).verdict).toBe('proved');
  const { verdict, failure } = await checkExternal(greatest(() => 1));
  expect(verdict).toBe('refuted');
  expect(failure!.summary).toMatch(/^at a tie, the sum of the gradient is/);
});
