/**
 * Code of the concurrency model: a function lowered to instructions on registers. Operations on channels, locks and the
 * like are instructions of their own, however deep in an expression they stand, so that a goroutine can wait there.
 */
import type { FuncNode, Stmt } from '../../syntax/ast.ts';
import { newReads, noteUse, type Reads, recordReads } from '../../golang/reads.ts';
import type { NamedType, Type } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { Liveness } from './liveness.ts';
import type { Site, Value } from './values.ts';

/** Index of a register of a frame. */
export type Reg = number;

/** Methods of package sync and its kin that are operations of the model. */
export type SyncMethod =
  | 'Lock'
  | 'Unlock'
  | 'RLock'
  | 'RUnlock'
  | 'TryLock'
  | 'TryRLock'
  | 'RLocker'
  | 'Add'
  | 'Done'
  | 'Wait'
  | 'Go'
  | 'TryGo'
  | 'SetLimit'
  | 'Signal'
  | 'Broadcast'
  | 'Do'
  | 'Load'
  | 'Store'
  | 'Swap'
  | 'CompareAndSwap';

export interface SelectArm {
  /** Where it goes on. */
  target: number;
  kind: 'send' | 'recv' | 'default';
  chan?: Reg;
  value?: Reg;
  /** What was received, and whether the channel was open. */
  dst?: Reg;
  ok?: Reg;
  /** Receives times: a limit on how long the others are waited for. */
  isTimer?: boolean;
  site: Site;
}

/**
 * Where a value comes from of which more is known than its type: from outside, so that it may be anything; from a look at
 * the clock, so that it may be anything but less than at an earlier one; from a call whose error would say that it failed, which it is not
 * meant to; from one that may well fail; or from a client, who may give what it likes, also as an element of what it gives.
 * `panic` is what `recover` gives where code that is not seen may have panicked.
 */
export type Origin = 'input' | 'clock' | 'success' | 'outcome' | 'given' | 'element' | 'panic';

type Op =
  | { op: 'const'; dst: Reg; value: Value }
  /** A fresh value of a type, about which nothing is known. */
  | {
      op: 'unknown';
      dst: Reg;
      type: Type;
      origin?: Origin;
      /** By a caller: a number may be one of things. */
      isGiven?: boolean;
    }
  | { op: 'zero'; dst: Reg; type: Type }
  /** A struct as a client makes it: exported fields that are not given hold anything, the others their zero values. */
  | { op: 'client'; dst: Reg; type: Type; fields: [string, Reg][] }
  | { op: 'move'; dst: Reg; src: Reg }
  /** A copy of a value of struct type. */
  | { op: 'copy'; dst: Reg; src: Reg }
  /** A function or channel as a value of a type that has methods; a number, text or truth value of a named type in an interface. */
  | { op: 'named'; dst: Reg; src: Reg; type: Type }
  /** A struct or array as the key of a map: equal for equal contents. */
  | { op: 'content'; dst: Reg; src: Reg }
  /** The other way round. */
  | { op: 'structof'; dst: Reg; src: Reg; type: Type }
  /** `*dst = *src` for structs. */
  | { op: 'overwrite'; dst: Reg; src: Reg }
  | { op: 'cell'; dst: Reg; src?: Reg }
  /** `type`: of a slice or map, whose size is the same for all who look. */
  | { op: 'load'; dst: Reg; cell: Reg; type?: Type }
  | { op: 'store'; cell: Reg; src: Reg }
  /** A package variable; `isSentinel`: it holds an error of its own. */
  | { op: 'global'; dst: Reg; key: string; type: Type; init?: Code; isSentinel?: boolean }
  | { op: 'setglobal'; key: string; src: Reg }
  /** `isUnseen`: of a type whose declaration is not seen. */
  | { op: 'field'; dst: Reg; x: Reg; name: string; type: Type; isUnseen?: boolean }
  | { op: 'setfield'; x: Reg; name: string; src: Reg }
  /** The address of a field whose type has methods. */
  | { op: 'fieldptr'; dst: Reg; x: Reg; name: string; type: Type }
  /** The address of a field that holds a plain value: a cell cannot stand for it, so it becomes unknown. */
  | { op: 'forget'; x: Reg; name: string; type: Type }
  /**
   * `isSlice`: a nil one has no elements, unlike a nil map, which yields zero values. `isAnyKey`: the keys of the map are interfaces, which
   * may hold structs that are equal without being the same.
   */
  | { op: 'index'; dst: Reg; ok?: Reg; x: Reg; i: Reg; type: Type; isSlice?: boolean; isAnyKey?: boolean }
  | { op: 'setindex'; x: Reg; i: Reg; src: Reg }
  | { op: 'delete'; x: Reg; i: Reg }
  /** All entries of a map are deleted, or all elements of a slice set to zero. */
  | { op: 'clear'; x: Reg }
  /** Elements of a map or slice may have been set or deleted, plain fields or what a pointer leads to have been set. */
  | { op: 'lose'; x: Reg }
  /** What a field holds, or the elements of what it holds, is not known any more: of any value of a type. */
  | { op: 'losefield'; name: string; owner: NamedType; elements: boolean }
  /** `copy(x, y)`: as many elements as both have. */
  | { op: 'copyto'; dst: Reg; x: Reg; y: Reg }
  /** A slice is put in order. */
  | { op: 'sort'; x: Reg }
  | { op: 'append'; dst: Reg; x: Reg; items: Reg[]; spread: boolean }
  | { op: 'reslice'; dst: Reg; x: Reg; low?: Reg; high?: Reg }
  /** `named`: the type, which may have methods. */
  | { op: 'slice'; dst: Reg; items: Reg[]; named?: Type }
  | { op: 'makeslice'; dst: Reg; length?: Reg; type: Type }
  | { op: 'map'; dst: Reg; entries: [Reg, Reg][]; named?: Type }
  | { op: 'struct'; dst: Reg; fields: [string, Reg][]; type: Type }
  | { op: 'len'; dst: Reg; x: Reg }
  | { op: 'cap'; dst: Reg; x: Reg }
  | { op: 'unary'; dst: Reg; operator: string; x: Reg }
  | {
      op: 'binary';
      dst: Reg;
      operator: string;
      x: Reg;
      y: Reg;
      /** The test of a loop: sizes are tried out. */ bound: boolean;
      /** Changes a number that is kept: it may go on without end. */ counts?: boolean;
    }
  /** A boolean that is `x` where a condition holds, and `y` elsewhere; any other value is not known unless the condition is. */
  | { op: 'choose'; dst: Reg; cond: Reg; x: Reg; y: Reg; type: Type }
  | { op: 'closure'; dst: Reg; code: Code; env: Reg[]; recv?: Reg }
  /** A function to range over: `x` itself, or code that captures it where it is not known. */
  | { op: 'iterator'; dst: Reg; x: Reg; over: Code }
  | { op: 'assert'; dst: Reg; ok?: Reg; x: Reg; type: Type }
  | { op: 'tuple'; dst: Reg; items: Reg[] }
  /** `isLast`: of functions that may fail it is the error. */
  | { op: 'pick'; dst: Reg; tuple: Reg; index: number; isLast?: boolean; type: Type }
  /** Prepares to range over `x`: `iter` holds the position. */
  | {
      op: 'range';
      x: Reg;
      iter: Reg;
      body: number;
      key?: Reg;
      value?: Reg;
      type: Type;
      valueType: Type;
      exit: number;
      /** Over an integer. */
      isCount: boolean;
    }
  | { op: 'jump'; target: number }
  | {
      op: 'branch';
      cond: Reg;
      yes: number;
      no: number;
      /** The test of a loop. */
      loop?: boolean;
      /** Where to go on when the condition is not known, instead of both ways. */
      unsure?: number;
    }
  /** An error that wraps others; `errors.Is` of two. */
  | { op: 'error'; dst: Reg; wraps: Reg[] }
  | { op: 'iserror'; dst: Reg; x: Reg; y: Reg }
  /** `errors.As`: a pointer to a variable of a type. */
  | { op: 'aserror'; dst: Reg; x: Reg; cell: Reg; type: Type }
  | {
      op: 'call';
      dst: Reg;
      code?: Code;
      fun?: Reg;
      recv?: Reg;
      args: Reg[];
      spread: boolean;
      type: Type;
      /** What it runs may be code of others, which panics may come out of. */
      mayPanic?: boolean;
      /** Code that is not seen calls it any number of times. */
      isRepeated?: boolean;
    }
  /** A method found when the dynamic type is known. `seenOnly`: what is not seen of it does nothing. */
  | {
      op: 'invoke';
      dst: Reg;
      recv: Reg;
      method: string;
      args: Reg[];
      spread: boolean;
      type: Type;
      seenOnly?: boolean;
      mayPanic?: boolean;
    }
  | { op: 'go'; code?: Code; fun?: Reg; recv?: Reg; method?: string; args: Reg[]; spread: boolean }
  | {
      op: 'defer';
      code?: Code;
      fun?: Reg;
      recv?: Reg;
      method?: string;
      args: Reg[];
      spread: boolean;
      outermost: boolean;
      /** The function that runs it, where that is not the one it stands in: of the body of a loop over a function. */
      of?: Code;
    }
  /** A function whose result depends on its arguments alone. */
  | {
      op: 'pure';
      dst: Reg;
      name: string;
      args: Reg[];
      /** These are numbers, strings and truth values, which nobody changes. */
      ofPlain?: boolean;
      /** Of the result, when it is more than a plain value. */
      type?: Type;
      origin?: Origin;
    }
  /** A call into code that is not seen. */
  | {
      op: 'opaque';
      dst: Reg;
      args: Reg[];
      escapes: boolean;
      type: Type;
      /** To a caller of the package's functions. */ handedOut?: boolean;
      /** What it yields comes from outside, unless it fails. */ reads?: boolean;
      origin?: Origin;
    }
  /** Others may go on meanwhile: in a loop that does nothing else that they could see. */
  | {
      op: 'pause';
      /** It is asleep, so that they have all the time they need. */ asleep?: boolean;
      /** For how many nanoseconds it sleeps. */ after?: Reg;
      /** Nobody notices but in programs that are there as a whole. */ nap?: boolean;
      /** It lasts until nobody else can go on, unless a timer wakes them. */ untilIdle?: boolean;
    }
  | { op: 'rundefers' }
  | { op: 'return'; src?: Reg }
  | { op: 'panic' }
  | { op: 'recover'; dst: Reg }
  /** The process or test ends, or the model does not know how to go on. */
  | { op: 'end'; why: 'exit' | 'unsupported' }
  /** `isFixed`: the size is a constant of the program; or it is that parameter, for which callers may give one. */
  | { op: 'makechan'; dst: Reg; size?: Reg; isFixed?: boolean; parameter?: number }
  | { op: 'send'; chan: Reg; value: Reg }
  | { op: 'recv'; chan: Reg; dst: Reg; ok?: Reg; range: boolean; type: Type }
  | { op: 'close'; chan: Reg }
  /** The call that has sent the first item into a buffer of what can be reached was made as often as there was room. */
  | { op: 'fillup'; x: Reg }
  /** A client has given a value back, or left it. */
  | { op: 'over'; x: Reg }
  | { op: 'select'; arms: SelectArm[] }
  | { op: 'sync'; method: SyncMethod; recv: Reg; args: Reg[]; dst: Reg }
  | { op: 'newcond'; dst: Reg; locker: Reg }
  | { op: 'pipe'; dst: Reg }
  | {
      op: 'context';
      dst: Reg;
      parent?: Reg;
      kind: 'root' | 'cancel' | 'deadline' | 'detached';
      /** For how many nanoseconds. */
      after?: Reg;
      type?: Type;
    }
  /** A context with a value besides, and its key. */
  | { op: 'ctxwith'; dst: Reg; parent: Reg; by: Reg; added: Reg }
  /** The value of a context for a key. */
  | { op: 'ctxvalue'; dst: Reg; x: Reg; by: Reg; type: Type }
  | { op: 'ctxdone'; dst: Reg; x: Reg }
  /** The error of a context; `later`: the context may also end on the way. */
  | { op: 'ctxerr'; dst: Reg; x: Reg; later?: boolean; isCause?: boolean }
  | { op: 'group'; dst: Reg; parent: Reg }
  | { op: 'timer'; dst: Reg; kind: 'after' | 'timer' | 'ticker' | 'tick' | 'func'; after?: Reg; type: Type }
  | { op: 'afterfunc'; dst: Reg; fun: Reg }
  /** `asked`: what it returns is of interest. */
  | { op: 'stoptimer'; dst: Reg; x: Reg; again: boolean; asked: boolean; after?: Reg };

export type Instruction = Op & { site: Site };

/** The instructions with one of these operations. */
export type InstructionOf<K extends Op['op']> = Extract<Instruction, { op: K }>;

/** A lowered function. Filled in after it is made, since functions call one another. */
export interface Code {
  name: string;
  unit: DeclUnit;
  func: FuncNode | undefined;
  instructions: Instruction[];
  registers: number;
  /** Registers of receiver and parameters. */
  recv?: Reg;
  params: Reg[];
  variadic: boolean;
  /** Registers that receive the captured values, in the order in which `closure` lists them. */
  captures: Reg[];
  /** Set for the body of a loop over a function: the function it is part of. */
  bodyOf?: Code;
  /** Calls `recover` in a deferred function: a panic ends here. */
  recovers: boolean;
  /**
   * Fills in what is above, a statement of the body at a time; true while there is more. Absent once all is done: most
   * functions that are called are never come to, and of many that are only the beginning.
   */
  lower?: () => boolean;
  /** The statement that `lower` comes to next. */
  upcoming?: Stmt;
  /** What lowering it read. */
  reads?: Reads;
  /** Registers read at or after each instruction, as bits and as lists; filled on demand. */
  live?: Liveness;
}

/** Indices of the instructions that can come right after one; none behind the end of the code. */
export function nextInstructions(code: Code, pc: number): number[] {
  const { instructions } = lowered(code);
  const i = instructions[pc];
  switch (i?.op) {
    case 'jump':
      return [i.target];
    case 'branch':
      return i.unsure === undefined ? [i.yes, i.no] : [i.yes, i.no, i.unsure];
    case 'range':
      return [i.body, i.exit];
    case 'select':
      return i.arms.map((a) => a.target);
    case 'return':
    case 'panic':
    case 'end':
    case undefined:
      return [];
    default:
      return pc + 1 < instructions.length ? [pc + 1] : [];
  }
}

/** Indices of the instructions that can be come to from some, those included. */
export function reachableFrom(code: Code, starts: Iterable<number>): Set<number> {
  const seen = new Set(starts);
  // What is added on the way is visited, too.
  for (const pc of seen) for (const next of nextInstructions(code, pc)) seen.add(next);
  return seen;
}

/** The code with its first instructions and all that is known from its header. */
export function begun(code: Code): Code {
  if (code.reads) noteUse(code.reads);
  else code.reads = newReads();
  if (code.instructions.length === 0) lowerMore(code);
  return code;
}

/** Adds the instructions of the next statement; false when there are no more. */
export function lowerMore(code: Code): boolean {
  const { lower } = code;
  if (!lower) return false;
  code.lower = undefined;
  try {
    if (recordReads(code.reads, lower)) code.lower = lower;
  } catch (e) {
    // Who comes here again must not take a part of the function for all of it.
    code.instructions.push({
      op: 'end',
      why: 'unsupported',
      site: { unit: code.unit, node: code.func ?? code.unit.decl },
    });
    throw e;
  }
  return true;
}

/** The code with all its instructions. */
export function lowered(code: Code): Code {
  begun(code);
  while (lowerMore(code));
  return code;
}

/** Every instruction of functions and of those that they call, until there are more than `limit`. */
export function allInstructions(codes: Iterable<Code>, limit = Infinity): Instruction[] {
  const seen = new Set<Code>();
  const work = [...codes];
  const found: Instruction[] = [];
  for (let c = work.pop(); c; c = work.pop()) {
    if (seen.has(c) || found.length > limit) continue;
    seen.add(c);
    lowered(c);
    for (const i of c.instructions) {
      found.push(i);
      if ((i.op === 'call' || i.op === 'closure' || i.op === 'go' || i.op === 'defer') && i.code) work.push(i.code);
    }
  }
  return found;
}
