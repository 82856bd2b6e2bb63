// Derivatives of derivatives, rules of your own, and memory for time.
import {
  add,
  array,
  checkpoint,
  compile,
  customVjp,
  exp,
  f64,
  GraphBuilder,
  grad,
  hvp,
  jacobian,
  jvp,
  maximum,
  minimum,
  mul,
  pow,
  sin,
  sum,
  tanh,
} from 'cotangent';

const g = new GraphBuilder();
const x = g.input('x', f64(3));
const v = g.input('v', f64(3));

// f(x) = Σ x⁴: its Hessian is diagonal, 12 x².
const f = sum(pow(x, 4));
const curvature = hvp(f, x, v);
// The same forwards over backwards, and a third derivative: v ↦ (∇³f · v) · v.
const forwards = jvp(grad(f, x), x, v);
const third = jvp(curvature, x, v);

// The whole Jacobian of a vector-valued function.
const J = jacobian(mul(sin(x), sum(x)), x);

// A rule of your own: the identity, whose gradient is clipped to [−1, 1].
const clipped = customVjp(
  { x },
  ({ x }) => add(x, 0),
  ({ ct }) => ({ x: maximum(minimum(ct, 1), -1) }),
);
const slopes = grad(sum(exp(clipped)), x);

// The backward pass recomputes what is inside instead of keeping it; the numbers are the same.
const deep = (y: typeof x): typeof x => tanh(mul(tanh(mul(y, 2)), 3));
const kept = grad(sum(deep(x)), x);
const recomputed = grad(sum(checkpoint({ x }, ({ x }) => deep(x))), x);

const outputs = { curvature, forwards, third, J, slopes, kept, recomputed };
const values = compile(g.build(outputs)).run({ x: array(f64(3), [1, 2, -1]), v: array(f64(3), [1, 1, 2]) });
for (const name in outputs) console.log(`${name} = ${values[name]}`);
