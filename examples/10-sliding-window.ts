// Segmentation window by window, and all windows in one go: the same numbers (operators.md 72, 73).
import { array, compile, f64, GraphBuilder, pad } from 'cotangent';
import { declareParameters, patchNet, randomStream } from 'cotangent/nn';

const side = 12;
const net = patchNet({ inChannels: 1, classes: 3, width: 4, depth: 3, dtype: 'f64' });
const border = (net.window - 1) / 2;

const g = new GraphBuilder();
const image = g.input('image', f64(1, 1, side, side));
const around: [number, number] = [border, border];
const padded = pad(image, [[0, 0], [0, 0], around, around]);
const atOnce = compile(g.build({ scores: net.apply(image, declareParameters(g, net.parameterTypes)), padded }));

const h = new GraphBuilder();
const patch = h.input('patch', f64(1, 1, net.window, net.window));
const oneByOne = compile(h.build({ scores: net.scorePatches(patch, declareParameters(h, net.parameterTypes)) }));

for (const [name, value] of Object.entries(net.initialise(1)))
  for (const executable of [atOnce, oneByOne]) executable.write(name, value);

const { uniform } = randomStream(2, 'image');
const picture = array(f64(1, 1, side, side), Array.from({ length: side * side }, uniform));
const whole = atOnce.run({ image: picture });

const wide = side + 2 * border;
let furthest = 0;
for (let y = 0; y < side; y++)
  for (let x = 0; x < side; x++) {
    const window = array(f64(1, 1, net.window, net.window));
    for (let i = 0; i < window.data.length; i++) {
      const [r, c] = [y + Math.floor(i / net.window), x + (i % net.window)];
      window.data[i] = whole.padded!.data[r * wide + c]!;
    }
    const { scores } = oneByOne.run({ patch: window });
    for (let k = 0; k < 3; k++) {
      const there = whole.scores!.data[(k * side + y) * side + x]!;
      furthest = Math.max(furthest, Math.abs(scores!.data[k]! - there));
    }
  }
console.log(`windows of ${net.window}×${net.window}: ${side * side} times one patch against one image`);
console.log(`furthest apart: ${furthest}`);
