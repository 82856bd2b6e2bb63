export { stopGradient } from '../ops/control/stop-gradient.ts';
export { checkpoint } from './checkpoint.ts';
export { type CustomRule, customVjp } from './custom-vjp.ts';
export { grad, valueAndGrad } from './grad.ts';
export { hvp } from './hvp.ts';
export { jacobian } from './jacobian.ts';
export { jvp } from './jvp.ts';
export type { Like, Tensors } from './tensors.ts';
export { vjp } from './vjp.ts';
