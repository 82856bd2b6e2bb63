// A scalar function, its gradient as graph, and both evaluated.
import { add, array, compile, f64, GraphBuilder, grad, log, mul, print, sin } from 'cotangent';

const g = new GraphBuilder();
const x = g.input('x', f64());
const y = g.input('y', f64());

// z = sin(x)·y + log(1 + x²)
const z = add(mul(sin(x), y), log(add(1, mul(x, x))));
const { x: dx, y: dy } = grad(z, { x, y });

const graph = g.build({ z, dx, dy });
console.log(print(graph));

const values = compile(graph).run({ x: array(f64(), [0.5]), y: array(f64(), [2]) });
for (const name of ['z', 'dx', 'dy']) console.log(`${name} = ${values[name]!.item()}`);
