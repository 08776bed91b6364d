/** Lowers one function to the instructions of the model; the parts of the language are in the files `lower-*.ts`. */
import type { Analysis } from '../../golang/analysis.ts';
import { isProgram } from '../../golang/process-lifetime.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, flattenFields, walk } from '../../golang/walk.ts';
import type { Type } from '../../golang/types.ts';
import type { CallExpr, Expr, FuncNode, LocalObject, Node } from '../../syntax/ast.ts';
import type { Code, Instruction, Reg } from './instructions.ts';
import type { Relevance } from './relevance.ts';
import { isInline, type Shape, shapeOf } from './shapes.ts';
import { lowerExpr } from './lower-expressions.ts';
import { type LoopBody, sharedWithBodies } from './lower-iterators.ts';
import { lowerStmt } from './lower-statements.ts';
import { isLocalNeverAsked } from './unasked.ts';
import type { Site, Value } from './values.ts';

/** What lowering needs to know of the program. */
export interface CodeSource {
  readonly analysis: Analysis;
  readonly relevance: Relevance;
  /** Code of a declared function or method; undefined when its body cannot be read. */
  code(unit: DeclUnit, func: FuncNode): Code | undefined;
  /** Code that yields the first value of a package variable, when that can be told. */
  initialiser(unit: DeclUnit, ident: string): Code | undefined;
}

const NOWHERE = { start: 0, end: 0 };

interface Target {
  label?: string;
  breaks: Patch[];
  continues?: Patch[];
}

/** Sets the target of a jump. */
export type Patch = (target: number) => void;

/** A local variable: a register, or a cell that closures share. */
export interface Variable {
  reg: Reg;
  boxed: boolean;
}

type Body<T> = T extends Instruction ? Omit<T, 'site'> : never;

export class Lowering {
  readonly code: Code;
  readonly analysis: Analysis;
  readonly variables = new Map<LocalObject, Variable>();
  /** Captured variables in the order in which the closure's maker lists them. */
  readonly captured: LocalObject[] = [];
  readonly targets: Target[] = [];
  readonly labels = new Map<string, { at?: number; patches: Patch[] }>();
  pendingLabel?: string;
  /** Registers of named results. */
  results: { object?: LocalObject; type: Type }[] = [];
  /** Set for the body of a loop over a function. */
  body?: LoopBody;
  private shared?: ReadonlySet<LocalObject>;
  /** Where instructions say they stand. */
  private site: Site;

  constructor(
    readonly source: CodeSource,
    readonly unit: DeclUnit,
    func: FuncNode | undefined,
    name: string,
    readonly outer?: Lowering,
  ) {
    this.analysis = source.analysis;
    // What stands for the standard library is no place of the program.
    this.site = { unit, node: unit.pkg.isBundled ? NOWHERE : (func ?? unit.decl) };
    this.code = {
      name,
      unit,
      func,
      instructions: [],
      registers: 0,
      params: [],
      variadic: false,
      captures: [],
      recovers: false,
    };
  }

  /** The code of a function, whose statements are lowered when somebody comes to them. */
  lazily(func: FuncNode): Code {
    const pieces = this.pieces(func);
    this.code.lower = () => !pieces.next().done;
    return this.code;
  }

  /** Lowers a function, one statement of its body at a time. */
  private *pieces(func: FuncNode): Generator<void, void> {
    const recv = func.kind === 'FuncDecl' ? func.recv : undefined;
    if (recv) {
      this.code.recv = this.parameter(recv.names[0]?.obj);
      this.copyReceiver(recv.names[0]?.obj);
    }
    for (const p of flattenFields(func.type.params)) {
      this.code.params.push(this.parameter(p.name?.obj));
      if (p.variadic) this.code.variadic = true;
    }
    this.results = flattenFields(func.type.results).map((r) => ({
      object: r.name?.obj,
      type: this.analysis.types.resolve(this.unit, r.type),
    }));
    for (const { object, type } of this.results) if (object) this.declare(object, this.zero(type));
    const stmts = func.body?.stmts ?? [];
    for (const [n, stmt] of stmts.entries()) {
      lowerStmt(this, stmt);
      this.code.upcoming = stmts[n + 1];
      if (!this.leadsOn()) yield;
    }
    this.at({ start: func.end - 1, end: func.end });
    this.leave();
  }

  /** True when a `goto` leads to what has not been lowered yet. */
  private leadsOn(): boolean {
    for (const { at } of this.labels.values()) if (at === undefined) return true;
    return false;
  }

  /** Runs deferred calls and returns the named results or what `value` holds. */
  leave(value?: Reg): void {
    this.emit({ op: 'rundefers' });
    let src = value;
    if (this.results.some((r) => r.object)) {
      const items = this.results.map((r) => (r.object ? this.read(r.object) : this.constant(null)));
      if (items.length === 1) src = items[0];
      else {
        src = this.reg();
        this.emit({ op: 'tuple', dst: src, items });
      }
    }
    this.emit({ op: 'return', src });
  }

  /** True where the body of `main` or of a test itself is lowered. */
  get isProgram(): boolean {
    return !this.outer && this.code.func === this.unit.decl && isProgram(this.unit);
  }

  /** A method of values works on a copy: what becomes of the original meanwhile is nothing to it. */
  private copyReceiver(object: LocalObject | undefined): void {
    const known = object && this.variables.get(object);
    if (!known || !isInline(this.shape(this.analysis.objectType(this.unit, object)))) return;
    const dst = this.reg();
    this.emit({ op: 'copy', dst, src: known.reg });
    this.variables.set(object, { reg: dst, boxed: false });
  }

  private parameter(object: LocalObject | undefined): Reg {
    const reg = this.reg();
    if (!object) return reg;
    if (this.boxes(object)) {
      const cell = this.reg();
      this.emit({ op: 'cell', dst: cell, src: reg });
      this.variables.set(object, { reg: cell, boxed: true });
    } else this.variables.set(object, { reg, boxed: false });
    return reg;
  }

  /** True for variables that live in a cell: closures or pointers share them, and they change. */
  boxes(object: LocalObject): boolean {
    if (isInline(this.shape(this.analysis.objectType(this.unit, object)))) return false;
    // A result is written by each return that names a value.
    const changes = object.writes.length > 0 || object.role === 'result';
    return object.addressTaken || (changes && this.isShared(object));
  }

  /** True for a variable that is used in another function than the one that declares it. */
  private isShared(object: LocalObject): boolean {
    return object.captured || this.sharedWithBodies.has(object);
  }

  private get sharedWithBodies(): ReadonlySet<LocalObject> {
    return (this.shared ??= this.outer?.sharedWithBodies ?? sharedWithBodies(this));
  }

  shape(type: Type): Shape {
    return shapeOf(this.analysis.types, type);
  }

  typeOf(e: Expr): Type {
    return this.analysis.typeOf(this.unit, e);
  }

  reg(): Reg {
    return this.code.registers++;
  }

  /** Instructions from here on stand at that node; returns the former place. */
  at(node: { start: number; end: number }): { start: number; end: number } {
    const before = this.site.node;
    if (node !== before && before !== NOWHERE) this.site = { unit: this.unit, node };
    return before;
  }

  emit(i: Body<Instruction>): number {
    // The literal is nobody else's: a copy of each would be a good part of the time that lowering takes.
    const own = i as Instruction;
    own.site = this.site;
    if (own.op === 'defer' && this.body) own.of = this.body.of;
    this.code.instructions.push(own);
    return this.code.instructions.length - 1;
  }

  /** Sets where a branch goes on when its condition does not hold. */
  retarget(branch: number, no: number): void {
    (this.code.instructions[branch] as { no: number }).no = no;
  }

  get here(): number {
    return this.code.instructions.length;
  }

  jump(): Patch {
    const i = this.emit({ op: 'jump', target: -1 });
    return (target) => ((this.code.instructions[i] as { target: number }).target = target);
  }

  patch(patches: readonly Patch[]): void {
    for (const p of patches) p(this.here);
  }

  constant(value: Value): Reg {
    const dst = this.reg();
    this.emit({ op: 'const', dst, value });
    return dst;
  }

  zero(type: Type): Reg {
    const dst = this.reg();
    this.emit({ op: 'zero', dst, type });
    return dst;
  }

  unknown(type: Type): Reg {
    const dst = this.reg();
    this.emit({ op: 'unknown', dst, type });
    return dst;
  }

  /** Declares a local variable that holds `value`. */
  declare(object: LocalObject, value: Reg): void {
    const known = this.variables.get(object);
    const reg = known?.reg ?? this.reg();
    const boxed = known?.boxed ?? this.boxes(object);
    this.variables.set(object, { reg, boxed });
    if (boxed) this.emit({ op: 'cell', dst: reg, src: value });
    else this.emit({ op: 'move', dst: reg, src: value });
  }

  /** The register or cell of a variable, captured from outside when need be. */
  variable(object: LocalObject): Variable | undefined {
    const own = this.variables.get(object);
    if (own) return own;
    if (!this.outer || (this.code.func && object.func === this.code.func)) {
      // Used before its declaration has been lowered (`goto`, dead code).
      if (object.func !== this.code.func) return undefined;
      const v = { reg: this.reg(), boxed: this.boxes(object) };
      this.variables.set(object, v);
      return v;
    }
    const outside = this.outer.variable(object);
    if (!outside) return undefined;
    const v = { reg: this.reg(), boxed: outside.boxed };
    this.variables.set(object, v);
    this.captured.push(object);
    this.code.captures.push(v.reg);
    return v;
  }

  read(object: LocalObject): Reg {
    const v = this.variable(object);
    if (!v || isLocalNeverAsked(this.analysis, this.unit, object))
      return this.unknown(this.analysis.objectType(this.unit, object));
    if (!v.boxed) return v.reg;
    const dst = this.reg();
    const type = this.analysis.objectType(this.unit, object);
    const shape = this.shape(type);
    this.emit({ op: 'load', dst, cell: v.reg, ...((shape === 'slice' || shape === 'map') && { type }) });
    return dst;
  }

  write(object: LocalObject, src: Reg): void {
    const v = this.variable(object);
    if (!v) return;
    const inline = isInline(this.shape(this.analysis.objectType(this.unit, object)));
    if (v.boxed) this.emit({ op: 'store', cell: v.reg, src });
    else if (inline && this.isShared(object)) this.emit({ op: 'overwrite', dst: v.reg, src });
    else this.emit({ op: 'move', dst: v.reg, src });
  }

  /** The function stops panics; that is known of deferred functions only. */
  markRecovers(): void {
    this.code.recovers = true;
  }

  /** Defers or starts a call of something that is no function of the program, such as `close(ch)`: its operands are evaluated now. */
  spawnCall(call: CallExpr, op: 'go' | 'defer'): void {
    const inner = new Lowering(this.source, this.unit, undefined, op, this);
    inner.at(call);
    lowerExpr(inner, call);
    inner.emit({ op: 'return' });
    const dst = this.reg();
    const env = inner.captured.map((o) => (this.variable(o) as Variable).reg);
    this.emit({ op: 'closure', dst, code: inner.code, env });
    if (op === 'go') this.emit({ op, fun: dst, args: [], spread: false });
    else this.emit({ op, fun: dst, args: [], spread: false, outermost: false });
  }

  /** Lowers a function literal and makes a value of it. */
  closure(func: FuncNode & Node): Reg {
    const inner = new Lowering(this.source, this.unit, func, this.code.name, this);
    // Its body is lowered later, but what it needs is captured now.
    for (const object of freeVariables(func)) inner.variable(object);
    const code = inner.lazily(func);
    const env = inner.captured.map((o) => (this.variable(o) as Variable).reg);
    const dst = this.reg();
    this.emit({ op: 'closure', dst, code, env });
    return dst;
  }
}

/** Variables of the functions around a function that it mentions. */
function freeVariables(func: FuncNode & Node): ReadonlySet<LocalObject> {
  const found = new Set<LocalObject>();
  walk(func, (n) => {
    if (n.kind === 'Ident' && n.obj?.kind === 'var' && !contains(func, n.obj.decl)) found.add(n.obj);
  });
  return found;
}
