/** Live registers of lowered code (backward data flow over instructions): what is not read again does not tell states apart. */
import { type Code, type Instruction, lowered, nextInstructions, type Reg, type SelectArm } from './instructions.ts';

/** The registers that may be read at or after an instruction; behind the last one, all. */
export function liveRegisters(code: Code, pc: number): readonly Reg[] {
  const live = (code.live ??= { sets: compute(lowered(code)), lists: [] });
  let list = live.lists[pc];
  if (!list) {
    const set = live.sets[pc];
    list = [];
    for (let r = 0; r < code.registers; r++)
      if (!set || (((set[r >> 5] as number) >>> (r & 31)) & 1) === 1) list.push(r);
    live.lists[pc] = list;
  }
  return list;
}

function compute(code: Code): Uint32Array[] {
  const words = (code.registers + 31) >> 5;
  const n = code.instructions.length;
  const live = Array.from({ length: n }, () => new Uint32Array(words));
  const effects = code.instructions.map(readsAndWrites);
  const next = code.instructions.map((i, pc) => (i.op === 'select' ? [] : nextInstructions(code, pc)));
  for (let changed = true; changed;) {
    changed = false;
    for (let pc = n - 1; pc >= 0; pc--) {
      const set = live[pc] as Uint32Array;
      const { reads, writes } = effects[pc] as { reads: Reg[]; writes: Reg[] };
      for (let w = 0; w < words; w++) {
        let bits = 0;
        for (const t of next[pc] as number[]) bits |= (live[t] as Uint32Array)[w] as number;
        // What was received last time round is overwritten by the arm that receives again, not by the others.
        for (const arm of arms(code.instructions[pc]))
          bits |= without((live[arm.target] as Uint32Array)[w] as number, w, arm.dst, arm.ok);
        for (const r of writes) if (r >> 5 === w) bits &= ~(1 << (r & 31));
        for (const r of reads) if (r >> 5 === w) bits |= 1 << (r & 31);
        bits >>>= 0;
        if (bits !== set[w]) {
          set[w] = bits;
          changed = true;
        }
      }
    }
  }
  return live;
}

function arms(i: Instruction | undefined): readonly SelectArm[] {
  return i?.op === 'select' ? i.arms : [];
}

/** A word of a set of registers with some of them taken out. */
function without(bits: number, word: number, ...registers: (Reg | undefined)[]): number {
  for (const r of registers) if (r !== undefined && r >> 5 === word) bits &= ~(1 << (r & 31));
  return bits;
}

const WRITES = new Set(['dst', 'ok', 'key', 'value']);
const READS = new Set([
  'src',
  'cell',
  'x',
  'y',
  'i',
  'size',
  'chan',
  'fun',
  'recv',
  'cond',
  'tuple',
  'length',
  'locker',
  'parent',
  'iter',
  'low',
  'high',
]);

/** Registers an instruction reads and those it always writes. */
function readsAndWrites(i: Instruction): { reads: Reg[]; writes: Reg[] } {
  const reads: Reg[] = [];
  const writes: Reg[] = [];
  for (const [name, v] of Object.entries(i)) {
    if (typeof v === 'number') {
      if (READS.has(name)) reads.push(v);
      // What a send sends is a register too; `range` and calls that block write later and only perhaps.
      else if (name === 'value' && i.op === 'send') reads.push(v);
      else if (WRITES.has(name) && i.op !== 'range' && i.op !== 'const') writes.push(v);
      else if (name === 'dst' && i.op === 'const') writes.push(v);
    } else if (Array.isArray(v)) {
      if (name === 'args' || name === 'items' || name === 'env' || name === 'wraps') reads.push(...(v as Reg[]));
      else if (name === 'entries') for (const [a, b] of v as [Reg, Reg][]) reads.push(a, b);
      else if (name === 'fields') for (const [, r] of v as [string, Reg][]) reads.push(r);
    }
  }
  if (i.op === 'select')
    for (const a of i.arms) {
      if (a.chan !== undefined) reads.push(a.chan);
      if (a.value !== undefined) reads.push(a.value);
    }
  return { reads, writes };
}
