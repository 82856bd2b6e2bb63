/** A bridge that takes average pooling for a copy: right for windows of one element only. */
import { createInterface } from 'node:readline';

console.log(JSON.stringify({ name: 'Copier 1.0', precision: 'f64', ops: ['avgPool2d'] }));
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, inputs, cotangent, explain } = JSON.parse(line);
  const { shape, data } = inputs.x;
  const answer = explain
    ? { snippet: 'copy(x)' }
    : cotangent
      ? { gradients: { x: { shape, data: data.map((_, i) => cotangent.data[i] ?? 0) } } }
      : { output: { shape, data } };
  console.log(JSON.stringify({ id, ...answer }));
});
