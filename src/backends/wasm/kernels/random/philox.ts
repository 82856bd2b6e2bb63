import { sizeOf } from '../../../../graph/shape.ts';
import { keyOf, streamOf } from '../../../../ops/random/philox.ts';
import type { RandomAttributes } from '../../../../ops/random/random.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelFor } from '../kernel.ts';
import { nest } from '../nest.ts';

/** Blocks that a thread takes at a time. */
const piece = 32;

/** Philox4x32-10, two numbers per block; 64-bit products of 32-bit words in one instruction. */
export const randomKernel: KernelFor = ({ attributes }) => {
  const { seed, stream, dtype, shape } = attributes as RandomAttributes;
  const bytes = dtype === 'f64' ? 8 : 4;
  const blocks = Math.ceil(sizeOf(shape) / 2);
  const [key, name] = [keyOf(seed), streamOf(stream)];
  return {
    name: 'philox',
    phases: [
      (code, { inputs, output }) => {
        const { f } = code;
        const [a, b, c, d] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
        const [product, product2] = [f.local('i64'), f.local('i64')];
        const [step, counter, at] = [f.local('i32'), f.local('i32'), f.local('i32')];
        const times = (word: Local, factor: number, to: Local): void => {
          f.get(word).op('i64.extend_i32_u').i32(factor).op('i64.extend_i32_u').op('i64.mul').set(to);
        };
        const high = (of: Local): void => {
          f.get(of).i64(32).op('i64.shr_u').op('i32.wrap_i64');
        };
        const scramble = (): void => {
          let [k0, k1] = key;
          for (let round = 0; round < 10; round++) {
            times(a, 0xd2511f53, product);
            times(c, 0xcd9e8d57, product2);
            high(product2);
            f.get(b).op('i32.xor').i32(k0).op('i32.xor').set(a);
            high(product);
            f.get(d).op('i32.xor').i32(k1).op('i32.xor').set(c);
            f.get(product2).op('i32.wrap_i64').set(b);
            f.get(product).op('i32.wrap_i64').set(d);
            k0 = (k0 + 0x9e3779b9) >>> 0;
            k1 = (k1 + 0xbb67ae85) >>> 0;
          }
        };
        const store = (first: Local, second: Local, offset: number): void => {
          f.get(at);
          // The 24 highest bits; of float64 the 53 highest.
          if (dtype === 'f32')
            f.get(first)
              .i32(8)
              .op('i32.shr_u')
              .op('f32.convert_i32_s')
              .f32(2 ** -24)
              .op('f32.mul')
              .access('f32.store', offset);
          else {
            f.get(first)
              .i32(5)
              .op('i32.shr_u')
              .op('f64.convert_i32_u')
              .f64(2 ** 26)
              .op('f64.mul');
            f.get(second).i32(6).op('i32.shr_u').op('f64.convert_i32_u').op('f64.add');
            f.f64(2 ** -53)
              .op('f64.mul')
              .access('f64.store', offset);
          }
        };
        const some = (first: Local, to: Local, count: number): void => {
          f.get(to).set(at);
          f.count(counter, 0, count, 1, () => {
            f.get(first).get(counter).op('i32.add').set(a);
            f.get(step).set(b).i32(name[0]).set(c).i32(name[1]).set(d);
            scramble();
            store(a, b, 0);
            // Behind the last element of an odd number this is the slack.
            store(c, d, bytes);
            f.get(at)
              .i32(2 * bytes)
              .op('i32.add')
              .set(at);
          });
        };
        f.i32(inputs.step!.address).access('i32.load', 0).set(step);
        const whole = Math.floor(blocks / piece);
        const pieces = { size: whole, steps: [piece, piece * 2 * bytes] };
        nest(code, [pieces], [0, output.address], ([first, to]) => some(first!, to!, piece));
        const rest = [whole * piece, output.address + whole * piece * 2 * bytes];
        nest(code, [], rest, ([first, to]) => some(first!, to!, blocks - whole * piece));
      },
    ],
  };
};
