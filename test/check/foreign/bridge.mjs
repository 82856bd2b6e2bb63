/** A bridge that does 2-dimensional average pooling of one window, or something that no bridge should. */
const [mode] = process.argv.slice(2);
if (mode === 'mute') setInterval(() => {}, 1000);
else if (mode === 'chatter') console.log('Welcome!');
else console.log(JSON.stringify({ name: 'Toy 1.0', precision: 'f64', ops: ['avgPool2d', 'unknown'] }));
let rest = '';
process.stdin.on('data', (data) => {
  const lines = `${rest}${data}`.split('\n');
  rest = lines.pop();
  for (const line of lines) answer(JSON.parse(line));
});

function answer({ id, cotangent, explain }) {
  if (mode === 'dies') {
    console.error('out of luck');
    process.exit(3);
  }
  if (mode === 'hangs') return;
  if (mode === 'nonsense') return console.log('{"id":');
  if (mode === 'shapeless') return console.log(JSON.stringify({ id, output: { shape: [2], data: [1] } }));
  if (explain) return console.log(JSON.stringify({ id, snippet: 'print(1)' }));
  console.log(JSON.stringify({ id, ...(cotangent ? { missing: 'no gradient here' } : { error: 'not today' }) }));
}
