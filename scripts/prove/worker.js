// Threads do not inherit tsx: it is registered before their program, which is TypeScript, is loaded.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
