/** Live registers of lowered code (backward data flow over instructions): what is not read again does not tell states apart. */
import { type Code, type Instruction, lowered, nextInstructions, type Reg } from './instructions.ts';

/** Sets of registers at the instructions of a function, each of some words of 32 bits. */
export interface Liveness {
  words: number;
  sets: Uint32Array;
  /** The same as lists, of instructions that somebody asked for. */
  lists: (readonly Reg[] | undefined)[];
}

/** The registers that may be read at or after an instruction; behind the last one, all. */
export function liveRegisters(code: Code, pc: number): readonly Reg[] {
  const live = (code.live ??= compute(lowered(code)));
  let list = live.lists[pc];
  if (!list) {
    const { words, sets } = live;
    const isBehind = pc >= code.instructions.length;
    const found: Reg[] = [];
    for (let r = 0; r < code.registers; r++) if (isBehind || has(sets, pc * words, r)) found.push(r);
    live.lists[pc] = list = found;
  }
  return list;
}

function compute(code: Code): Liveness {
  const words = (code.registers + 31) >> 5;
  const n = code.instructions.length;
  const sets = new Uint32Array(n * words);
  const reads = new Uint32Array(n * words);
  const keeps = new Uint32Array(n * words).fill(~0);
  for (const [pc, i] of code.instructions.entries()) readsAndWrites(i, reads, keeps, pc * words);
  const next = code.instructions.map((i, pc) => (i.op === 'select' ? NONE : nextInstructions(code, pc)));
  for (let changed = true; changed;) {
    changed = false;
    for (let pc = n - 1; pc >= 0; pc--) {
      const i = code.instructions[pc] as Instruction;
      const after = next[pc] as readonly number[];
      for (let w = 0; w < words; w++) {
        let bits = 0;
        for (let t = 0; t < after.length; t++) bits |= sets[(after[t] as number) * words + w] as number;
        // What was received last time round is overwritten by the arm that receives again, not by the others.
        if (i.op === 'select')
          for (const arm of i.arms) bits |= without(sets[arm.target * words + w] as number, w, arm.dst, arm.ok);
        const at = pc * words + w;
        bits = ((bits & (keeps[at] as number)) | (reads[at] as number)) >>> 0;
        if (bits !== sets[at]) {
          sets[at] = bits;
          changed = true;
        }
      }
    }
  }
  return { words, sets, lists: [] };
}

const NONE: readonly number[] = [];

/** `from`: where the set begins. */
function has(sets: Uint32Array, from: number, r: Reg): boolean {
  return (((sets[from + (r >> 5)] as number) >>> (r & 31)) & 1) === 1;
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
  'after',
  'added',
  'by',
  'iter',
  'low',
  'high',
]);

/** Adds the registers an instruction reads to a set that begins at `from`, and takes those it always writes out of another. */
function readsAndWrites(i: Instruction, reads: Uint32Array, keeps: Uint32Array, from: number): void {
  const read = (r: Reg): void => void ((reads[from + (r >> 5)] as number) |= 1 << (r & 31));
  const write = (r: Reg): void => void ((keeps[from + (r >> 5)] as number) &= ~(1 << (r & 31)));
  for (const name in i) {
    const v: unknown = i[name as keyof Instruction];
    if (typeof v === 'number') {
      if (READS.has(name)) read(v);
      // What a send sends is a register too; `range` and calls that block write later and only perhaps.
      else if (name === 'value' && i.op === 'send') read(v);
      else if (WRITES.has(name) && i.op !== 'range' && i.op !== 'const') write(v);
      else if (name === 'dst' && i.op === 'const') write(v);
    } else if (Array.isArray(v)) {
      if (name === 'args' || name === 'items' || name === 'env' || name === 'wraps') (v as Reg[]).forEach(read);
      else if (name === 'entries')
        for (const [a, b] of v as [Reg, Reg][]) {
          read(a);
          read(b);
        }
      else if (name === 'fields') for (const [, r] of v as [string, Reg][]) read(r);
    }
  }
  if (i.op === 'select')
    for (const a of i.arms) {
      if (a.chan !== undefined) read(a.chan);
      if (a.value !== undefined) read(a.value);
    }
}
