/** Which instructions are operations that other goroutines have to do with. */
import type { Instruction } from './instructions.ts';
import type { Machine } from './machine.ts';
import type { Frame, State } from './state.ts';
import { callingTimer } from './steps/contexts.ts';
import { isSharedOperation } from './sync-effects.ts';
import { Cancel, type Value } from './values.ts';

/** True for what other goroutines can see, so that it matters when it happens. */
export function isOperation(machine: Machine, st: State, f: Frame, i: Instruction): boolean {
  switch (i.op) {
    case 'send':
    case 'recv':
    case 'close':
    case 'select':
      return true;
    case 'pause':
      return !i.nap || machine.wholeProgram;
    case 'sync':
    case 'invoke':
      return isSharedOperation(st, f.regs[i.recv] as Value, i.method, (v, m) => machine.method(st, v, m));
    case 'call':
      return i.fun !== undefined && f.regs[i.fun] instanceof Cancel;
    case 'stoptimer':
      return callingTimer(st, f.regs[i.x] as Value) !== undefined;
    default:
      return false;
  }
}
