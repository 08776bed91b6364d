/** What goroutines wait at. */
import type { Instruction, Reg } from './instructions.ts';
import type { Machine } from './machine.ts';
import type { Frame, Goroutine, State } from './state.ts';
import { callingTimer } from './steps/contexts.ts';
import { Cancel, Ref, type Site, type Value } from './values.ts';

/** What a goroutine waits at. */
export interface Pending {
  goroutine: Goroutine;
  frame: Frame;
  instruction: Instruction;
  /** Objects it waits for. */
  objects: Value[];
}

/** The operation a goroutine is at; undefined when it has ended. */
export function pendingOf(machine: Machine, st: State, g: Goroutine): Pending | undefined {
  const frame = g.frames.at(-1);
  const instruction = frame?.code.instructions[frame.pc];
  if (!frame || !instruction || g.status === 'done') return undefined;
  return { goroutine: g, frame, instruction, objects: objects(machine, st, frame, instruction) };
}

function objects(machine: Machine, st: State, f: Frame, i: Instruction): Value[] {
  const at = (r: Reg): Value => st.resolve(f.regs[r] as Value);
  switch (i.op) {
    case 'send':
    case 'recv':
    case 'close':
      return [at(i.chan)];
    case 'select':
      return i.arms.flatMap((a) => (a.chan === undefined ? [] : [at(a.chan)]));
    case 'sync':
    case 'invoke': {
      const v = at(i.recv);
      if (v instanceof Cancel) return [new Ref(v.context)];
      const ref = machine.embedded(st, v, i.method);
      return ref ? [ref] : [];
    }
    case 'stoptimer': {
      const timer = callingTimer(st, at(i.x));
      return timer ? [timer] : [];
    }
    case 'call': {
      const v = i.fun === undefined ? undefined : at(i.fun);
      return v instanceof Cancel ? [new Ref(v.context)] : [];
    }
    default:
      return [];
  }
}

/** Where an operation stands: for methods that the model made up, the call of them. */
export function siteOf(g: Goroutine, f: Frame, i: Instruction): Site {
  if (f.code.func || i.site.node.end > 0) return i.site;
  return f.call ?? g.start ?? i.site;
}

/** Where goroutines are blocked. */
export function keyOf(blocked: readonly Pending[]): string {
  return blocked
    .map((p) => `${p.frame.code.unit.file.path}:${p.frame.code.unit.base}:${p.instruction.site.node.start}`)
    .join();
}
