/**
 * A text that is equal for states that go on equally: objects and symbols are numbered in the order in which goroutines
 * lead to them, registers that are not read again and objects that nobody leads to are left out.
 */
import { isLive } from './liveness.ts';
import type { Deferred, State } from './state.ts';
import { Cancel, Func, type HeapObject, Ref, Sym, Tuple, type Value } from './values.ts';

const codes = new WeakMap<object, number>();
let numbered = 0;

function codeId(code: object): number {
  let n = codes.get(code);
  if (n === undefined) codes.set(code, (n = ++numbered));
  return n;
}

export function stateKey(state: State): string {
  return new Writer(state).write();
}

class Writer {
  private out = '';
  private readonly objects = new Map<number, number>();
  private readonly queue: number[] = [];
  private readonly symbols = new Map<number, number>();

  constructor(private readonly state: State) {}

  write(): string {
    for (const g of this.state.goroutines) {
      if (g.status === 'done') {
        this.out += 'D;';
        continue;
      }
      this.out += `G${g.phase ?? ''}`;
      if (g.epilogue) {
        this.out += g.epilogue.kind;
        this.ref(g.epilogue.id);
      }
      for (const f of g.frames) {
        this.out += `F${codeId(f.code)}.${f.pc}${f.panicking ? 'p' : ''}`;
        const top = f === g.frames.at(-1);
        for (let r = 0; r < f.regs.length; r++)
          if (isLive(f.code, top ? f.pc : f.pc, r)) {
            this.out += ',';
            this.value(f.regs[r] as Value);
          }
        for (const d of f.defers) this.deferred(d);
      }
      this.out += ';';
    }
    for (const [key, v] of this.state.globals) {
      this.out += key;
      this.value(v);
    }
    for (let i = 0; i < this.queue.length; i++) this.object(this.state.get(this.queue[i] as number));
    this.assumptions();
    return this.out;
  }

  private deferred(d: Deferred): void {
    this.out += `d${d.code ? codeId(d.code) : (d.method ?? '')}@${d.site.node.start}`;
    for (const v of [d.fun ?? null, d.recv ?? null, ...d.args]) this.value(v);
  }

  private value(v: Value | undefined): void {
    if (v === undefined) this.out += '_';
    else if (v === null) this.out += 'n';
    else if (typeof v === 'object') {
      if (v instanceof Ref) this.ref(v.id);
      else if (v instanceof Sym) {
        let n = this.symbols.get(v.id);
        if (n === undefined) this.symbols.set(v.id, (n = this.symbols.size));
        this.out += `${v.negated ? '!' : '?'}${n}`;
      } else if (v instanceof Func) {
        this.out += `f${codeId(v.code)}(`;
        for (const e of v.env) this.value(e);
        this.value(v.recv);
        this.out += ')';
      } else if (v instanceof Cancel) {
        this.out += 'c';
        this.ref(v.context);
      } else if (v instanceof Tuple) {
        this.out += '(';
        for (const e of v.values) this.value(e);
        this.out += ')';
      }
    } else this.out += typeof v === 'string' ? JSON.stringify(v) : `${v} `;
  }

  private ref(id: number): void {
    let n = this.objects.get(id);
    if (n === undefined) {
      this.objects.set(id, (n = this.objects.size));
      this.queue.push(id);
    }
    this.out += `#${n}`;
  }

  private object(o: HeapObject): void {
    this.out += `|${o.t}${o.open ? 'o' : ''}`;
    switch (o.t) {
      case 'cell':
      case 'atomic':
        return this.value(o.value);
      case 'struct':
        for (const name of [...o.fields.keys()].sort()) {
          this.out += name;
          this.value(o.fields.get(name));
        }
        return;
      case 'chan':
        this.out += `${o.capacity}${o.closed ? 'x' : ''}${o.timer ?? ''}`;
        for (const v of o.buffer) this.value(v);
        if (o.context !== undefined) this.ref(o.context);
        return;
      case 'mutex':
        this.out += `${o.writer}/${o.readers.join()}/${o.waiting}`;
        return;
      case 'waitgroup':
        this.out += o.count;
        return;
      case 'cond':
        this.value(o.locker);
        this.out += o.waiters.join();
        return;
      case 'once':
        this.out += `${o.state}${o.runner}`;
        return;
      case 'context':
        this.out += o.mayFire ? 'm' : '';
        if (o.done !== undefined) this.ref(o.done);
        for (const c of o.children) this.ref(c);
        return;
      case 'group':
        this.out += `${o.active}/${o.limit}`;
        if (o.context !== undefined) this.ref(o.context);
        return;
      case 'slice':
        this.value(o.length);
        for (const v of o.elems) this.value(v);
        return;
      case 'map':
        this.out += o.partial ? 'p' : '';
        for (const [k, [, v]] of o.entries) {
          this.out += k;
          this.value(v);
        }
        return;
    }
  }

  private assumptions(): void {
    const { facts, sizes, terms } = this.state;
    // An expression over symbols that are still there keeps its symbol, and what was assumed about it.
    for (const [key, id] of terms) {
      const operands = key.match(/\?(\d+)/g);
      if (!operands?.every((x) => this.symbols.has(Number(x.slice(1))))) continue;
      const fact = facts.get(id);
      const size = sizes.get(id);
      if (fact === undefined && size === undefined && !this.symbols.has(id)) continue;
      const name = key.replace(/\?(\d+)/g, (_, x: string) => `?${this.symbols.get(Number(x))}`);
      this.out += `&${name}=${this.symbols.get(id) ?? ''}:${fact ?? ''}${size ?? ''}`;
    }
    for (const [id, n] of this.symbols) {
      const fact = facts.get(id);
      if (fact !== undefined) this.out += `&${n}=${fact}`;
      const size = sizes.get(id);
      if (size !== undefined) this.out += `&${n}#${size}`;
    }
  }
}
