/** Operations that goroutines wait at: which of them can go on, and what happens then. */
import { type Callable, cancelContext, type Machine } from './machine.ts';
import type { Instruction, Reg, SelectArm } from './instructions.ts';
import { unknownValue } from './memory.ts';
import { methodCode, ONCE_BODY } from './method-code.ts';
import { startMember } from './sync-effects.ts';
import type { Frame, Goroutine, State } from './state.ts';
import { Cancel, Func, type ObjectOf, Ref, type Site, type Value } from './values.ts';

/** One way in which a waiting goroutine can go on. */
export interface Option {
  goroutine: number;
  /** How: `rendezvous` with a partner, and so on. `default` and `may` may happen or not. */
  via: 'open' | 'buffer' | 'closed' | 'rendezvous' | 'fire' | 'panic' | 'default' | 'step' | 'announce';
  arm?: number;
  partner?: number;
  partnerArm?: number;
  /** The receiver's view of a step that is the sender's. */
  passive?: boolean;
  /** Goroutine woken by a signal. */
  wakes?: number;
}

/** What a goroutine waits at. */
export interface Pending {
  goroutine: Goroutine;
  frame: Frame;
  instruction: Instruction;
  /** Objects it waits for. */
  objects: Value[];
}

export class Operations {
  constructor(
    private readonly machine: Machine,
    /** Told of channel operations that panic. */
    private readonly onPanic: (st: State, kind: 'send-after-close' | 'double-close') => void,
  ) {}

  /** The operation a goroutine is at; undefined when it has ended. */
  pending(st: State, g: Goroutine): Pending | undefined {
    const frame = g.frames.at(-1);
    const instruction = frame?.code.instructions[frame.pc];
    if (!frame || !instruction || g.status === 'done') return undefined;
    return { goroutine: g, frame, instruction, objects: this.objects(st, frame, instruction) };
  }

  private objects(st: State, f: Frame, i: Instruction): Value[] {
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
        const ref = this.machine.embedded(st, v, i.method);
        return ref ? [ref] : [];
      }
      case 'call': {
        const v = i.fun === undefined ? undefined : at(i.fun);
        return v instanceof Cancel ? [new Ref(v.context)] : [];
      }
      default:
        return [];
    }
  }

  /** The ways in which a goroutine can go on; none when it is blocked. */
  options(st: State, p: Pending): Option[] {
    const { frame: f, instruction: i, goroutine: g } = p;
    const goroutine = g.id;
    switch (i.op) {
      case 'send':
        return this.sends(st, goroutine, f, i.chan);
      case 'recv':
        return this.receives(st, goroutine, f, i.chan);
      case 'close':
        return [{ goroutine, via: 'step' }];
      case 'call':
        return [{ goroutine, via: 'step' }];
      case 'select': {
        const found = i.arms.flatMap((a, arm) =>
          a.chan === undefined
            ? []
            : (a.kind === 'send' ? this.sends(st, goroutine, f, a.chan) : this.receives(st, goroutine, f, a.chan)).map(
                (o) => ({ ...o, arm }),
              ),
        );
        const fallback = i.arms.findIndex((a) => a.kind === 'default');
        // The other side of a rendezvous may not have come there yet.
        const certain = found.some((o) => o.via === 'buffer' || o.via === 'closed');
        if (fallback >= 0 && !certain) found.push({ goroutine, via: 'default', arm: fallback });
        return found;
      }
      case 'sync':
      case 'invoke':
        return this.syncOptions(st, p, i.method);
      default:
        return [];
    }
  }

  private sends(st: State, goroutine: number, f: Frame, chan: Reg): Option[] {
    const v = st.resolve(f.regs[chan] as Value);
    if (v === null) return [];
    const c = st.as(v, 'chan');
    if (!c || c.open) return [{ goroutine, via: 'open' }];
    if (c.closed) return [{ goroutine, via: 'panic' }];
    if (c.capacity === undefined || c.buffer.length < c.capacity) return [{ goroutine, via: 'buffer' }];
    if (c.capacity > 0) return [];
    const options: Option[] = [];
    for (const other of st.goroutines) {
      if (other.id === goroutine || other.status === 'done') continue;
      const frame = other.frames.at(-1);
      const i = frame?.code.instructions[frame.pc];
      if (!frame || !i) continue;
      const same = (r: Reg): boolean => {
        const x = st.resolve(frame.regs[r] as Value);
        return x instanceof Ref && x.id === (v as Ref).id;
      };
      if (i.op === 'recv' && same(i.chan)) options.push({ goroutine, via: 'rendezvous', partner: other.id });
      else if (i.op === 'select')
        i.arms.forEach((a, n) => {
          if (a.kind === 'recv' && a.chan !== undefined && same(a.chan))
            options.push({ goroutine, via: 'rendezvous', partner: other.id, partnerArm: n });
        });
    }
    return options;
  }

  private receives(st: State, goroutine: number, f: Frame, chan: Reg): Option[] {
    const v = st.resolve(f.regs[chan] as Value);
    if (v === null) return [];
    const c = st.as(v, 'chan');
    if (!c || c.open) return [{ goroutine, via: 'open' }];
    if (c.buffer.length > 0) return [{ goroutine, via: 'buffer' }];
    if (c.closed) return [{ goroutine, via: 'closed' }];
    if (c.timer === 'once' || c.timer === 'ticker') return [{ goroutine, via: 'fire' }];
    if (c.context !== undefined && (st.get(c.context) as ObjectOf<'context'>).mayFire)
      return [{ goroutine, via: 'fire' }];
    return this.senders(st, goroutine, v as Ref);
  }

  /** A receiver in a select goes on with a sender; that is the same step as the sender's, but a select must know that it can. */
  private senders(st: State, goroutine: number, chan: Ref): Option[] {
    const options: Option[] = [];
    for (const other of st.goroutines) {
      if (other.id === goroutine || other.status === 'done') continue;
      const frame = other.frames.at(-1);
      const i = frame?.code.instructions[frame.pc];
      if (!frame || !i) continue;
      const same = (r: Reg | undefined): boolean => {
        const x = r === undefined ? null : st.resolve(frame.regs[r] as Value);
        return x instanceof Ref && x.id === chan.id;
      };
      if (i.op === 'send' && same(i.chan))
        options.push({ goroutine, via: 'rendezvous', partner: other.id, passive: true });
      else if (i.op === 'select')
        i.arms.forEach((a, n) => {
          if (a.kind === 'send' && same(a.chan))
            options.push({ goroutine, via: 'rendezvous', partner: other.id, partnerArm: n, passive: true });
        });
    }
    return options;
  }

  private syncOptions(st: State, p: Pending, method: string): Option[] {
    const goroutine = p.goroutine.id;
    const step: Option[] = [{ goroutine, via: 'step' }];
    const [v] = p.objects;
    const o = v instanceof Ref ? st.get(v.id) : undefined;
    if (!o || o.open) return step;
    switch (o.t) {
      case 'mutex':
        if (method.startsWith('Try')) return step;
        if (method === 'RLock') return o.writer === undefined && o.waiting === undefined ? step : [];
        if (o.writer === undefined && o.readers.length === 0 && (o.waiting === undefined || o.waiting === goroutine))
          return step;
        if (o.rw && o.readers.length > 0 && o.waiting === undefined) return [{ goroutine, via: 'announce' }];
        return [];
      case 'waitgroup':
        return o.count === undefined || o.count <= 0 ? step : [];
      case 'group':
        if (method === 'Go') return o.active < (o.limit ?? Infinity) ? step : [];
        return o.active === 0 ? step : [];
      case 'once':
        return o.state === 'running' ? [] : step;
      case 'cond': {
        if (method === 'Broadcast') return step;
        if (method === 'Signal')
          return o.waiters.length > 1 ? o.waiters.map((wakes) => ({ goroutine, via: 'step' as const, wakes })) : step;
        if (p.goroutine.phase === undefined) return step;
        if (p.goroutine.phase === 'waiting') return [];
        const locker = this.machine.embedded(st, o.locker, 'Lock');
        const mu = st.as(locker, 'mutex');
        return !mu || mu.open || (mu.writer === undefined && mu.readers.length === 0) ? step : [];
      }
      default:
        return step;
    }
  }

  /** Goes on in one way; several states when what follows depends on what is not known. */
  apply(from: State, o: Option): State[] {
    const st = from.next(o.goroutine);
    const g = st.editGoroutine(o.goroutine);
    const f = g.frames.at(-1) as Frame;
    const i = f.code.instructions[f.pc] as Instruction;
    const others = this.execute(st, g, f, i, o);
    if (others === 'dead') return [];
    let states = this.machine.settle(st, g.id);
    for (const id of others) states = states.flatMap((s) => this.machine.settle(s, id));
    // Goroutines that were started run up to their first operation.
    return states.flatMap((s) => this.settleNew(s, from.goroutines.length));
  }

  settleNew(st: State, first: number): State[] {
    let states = [st];
    const count = (): number => Math.max(0, ...states.map((s) => s.goroutines.length));
    for (let id = first; id < count(); id++)
      states = states.flatMap((s) => (id < s.goroutines.length ? this.machine.settle(s, id) : [s]));
    return states;
  }

  private execute(st: State, g: Goroutine, f: Frame, i: Instruction, o: Option): number[] | 'dead' {
    const event = (site: Site, kind: string, object?: Value, partner?: number): void =>
      void st.events.push({
        goroutine: g.id,
        site,
        kind,
        object: object instanceof Ref ? object.id : undefined,
        partner,
      });
    switch (i.op) {
      case 'send':
        return this.send(st, g, f, i.chan, i.value, i.site, f.pc + 1, o);
      case 'recv': {
        const v = this.receive(st, g, f, i.chan, i.site, o, i.type);
        if (o.via !== 'rendezvous') this.deliver(f, i, v);
        return this.partner(st, f, i.chan, o);
      }
      case 'select': {
        const a = i.arms[o.arm as number] as SelectArm;
        if (a.kind === 'default') {
          f.pc = a.target;
          event(a.site, 'default');
          return [];
        }
        if (a.kind === 'send') return this.send(st, g, f, a.chan as Reg, a.value as Reg, a.site, a.target, o);
        const v = this.receive(st, g, f, a.chan as Reg, a.site, o, undefined);
        if (o.via !== 'rendezvous') this.deliver(f, a, v);
        return this.partner(st, f, a.chan as Reg, o);
      }
      case 'close': {
        const v = st.resolve(f.regs[i.chan] as Value);
        const c = st.as(v, 'chan');
        if (v === null || (c?.closed && !c.open)) {
          event(i.site, c ? 'double-close' : 'close-nil', v);
          if (c) this.onPanic(st, 'double-close');
          f.panicking = true;
          return [];
        }
        if (c && v instanceof Ref) st.edit<ObjectOf<'chan'>>(v.id).closed = true;
        event(i.site, 'close', v);
        f.pc++;
        return [];
      }
      case 'call': {
        const v = st.resolve(f.regs[i.fun as Reg] as Value);
        if (v instanceof Cancel) cancelContext(st, v.context);
        event(i.site, 'cancel', v instanceof Cancel ? new Ref(v.context) : undefined);
        f.pc++;
        return [];
      }
      case 'sync':
      case 'invoke':
        return this.sync(st, g, f, i, o);
      default:
        return 'dead';
    }
  }

  /** The partner of a receiver is a sender that goes on, too. */
  private partner(st: State, f: Frame, chan: Reg, o: Option): number[] | 'dead' {
    if (o.via !== 'rendezvous' || o.partner === undefined) return [];
    const g = st.editGoroutine(o.partner);
    const pf = g.frames.at(-1) as Frame;
    const i = pf.code.instructions[pf.pc] as Instruction;
    let value: Value = null;
    if (i.op === 'send') {
      value = st.resolve(pf.regs[i.value] as Value);
      pf.pc++;
    } else if (i.op === 'select' && o.partnerArm !== undefined) {
      const a = i.arms[o.partnerArm] as SelectArm;
      value = st.resolve(pf.regs[a.value as Reg] as Value);
      pf.pc = a.target;
      st.events.push({
        goroutine: g.id,
        site: a.site,
        kind: 'send',
        object: refId(st.resolve(f.regs[chan] as Value)),
        partner: o.goroutine,
      });
    }
    if (i.op === 'send')
      st.events.push({
        goroutine: g.id,
        site: i.site,
        kind: 'send',
        object: refId(st.resolve(f.regs[chan] as Value)),
        partner: o.goroutine,
      });
    const at = f.code.instructions[f.pc] as Instruction;
    if (at.op === 'recv') this.deliver(f, at, [value, true]);
    else if (at.op === 'select') this.deliver(f, at.arms[o.arm as number] as SelectArm, [value, true]);
    return [g.id];
  }

  private deliver(
    f: Frame,
    to: { dst?: Reg; ok?: Reg } & ({ target: number } | { op: 'recv' }),
    [v, ok]: [Value, Value],
  ): void {
    if (to.dst !== undefined) f.regs[to.dst] = v;
    if (to.ok !== undefined) f.regs[to.ok] = ok;
    if ('target' in to) f.pc = to.target;
    else f.pc++;
  }

  private send(
    st: State,
    g: Goroutine,
    f: Frame,
    chan: Reg,
    value: Reg,
    site: Site,
    next: number,
    o: Option,
  ): number[] | 'dead' {
    const c = st.resolve(f.regs[chan] as Value);
    const v = st.resolve(f.regs[value] as Value);
    if (o.via === 'panic') {
      st.events.push({ goroutine: g.id, site, kind: 'send-after-close', object: refId(c) });
      this.onPanic(st, 'send-after-close');
      f.panicking = true;
      return [];
    }
    f.pc = next;
    st.events.push({ goroutine: g.id, site, kind: 'send', object: refId(c), partner: o.partner });
    if (o.via === 'open') {
      st.open(v);
      return [];
    }
    if (o.via === 'buffer' && c instanceof Ref) {
      const ch = st.edit<ObjectOf<'chan'>>(c.id);
      ch.buffer = [...ch.buffer, v];
      return [];
    }
    const p = st.editGoroutine(o.partner as number);
    const pf = p.frames.at(-1) as Frame;
    const i = pf.code.instructions[pf.pc] as Instruction;
    if (i.op === 'recv') {
      st.events.push({ goroutine: p.id, site: i.site, kind: 'recv', object: refId(c), partner: g.id });
      this.deliver(pf, i, [v, true]);
    } else if (i.op === 'select') {
      const a = i.arms[o.partnerArm as number] as SelectArm;
      st.events.push({ goroutine: p.id, site: a.site, kind: 'recv', object: refId(c), partner: g.id });
      this.deliver(pf, a, [v, true]);
    }
    return [p.id];
  }

  private receive(
    st: State,
    g: Goroutine,
    f: Frame,
    chan: Reg,
    site: Site,
    o: Option,
    type: Parameters<typeof unknownValue>[2] | undefined,
  ): [Value, Value] {
    const v = st.resolve(f.regs[chan] as Value);
    st.events.push({
      goroutine: g.id,
      site,
      kind: o.via === 'fire' ? 'fire' : 'recv',
      object: refId(v),
      partner: o.partner,
    });
    const info = this.machine.source.analysis.types;
    const unknown = (): Value => (type ? unknownValue(info, st, type, site, true) : st.fresh());
    if (!(v instanceof Ref) || o.via === 'open') return [unknown(), st.fresh()];
    const c = st.get(v.id) as ObjectOf<'chan'>;
    switch (o.via) {
      case 'buffer': {
        const edited = st.edit<ObjectOf<'chan'>>(v.id);
        edited.buffer = c.buffer.slice(1);
        return [c.buffer[0] as Value, true];
      }
      case 'closed':
        return [type && type.kind === 'basic' ? 0 : null, false];
      case 'fire':
        if (c.context !== undefined) {
          cancelContext(st, c.context);
          // What cancels it from outside cancels what it comes from as well, or a deadline has passed.
          return [null, false];
        }
        if (c.timer === 'once') st.edit<ObjectOf<'chan'>>(v.id).timer = 'stopped';
        return [st.fresh(), true];
      default:
        return [null, true];
    }
  }

  private sync(
    st: State,
    g: Goroutine,
    f: Frame,
    i: Extract<Instruction, { op: 'sync' | 'invoke' }>,
    o: Option,
  ): number[] | 'dead' {
    const recv = st.resolve(f.regs[i.recv] as Value);
    const event = (kind: string, object?: Value): void =>
      void st.events.push({ goroutine: g.id, site: siteOf(g, f, i), kind, object: refId(object) });
    if (recv instanceof Cancel) {
      cancelContext(st, recv.context);
      event('cancel', new Ref(recv.context));
      f.pc++;
      return [];
    }
    const ref = this.machine.embedded(st, recv, i.method);
    if (!ref) return 'dead';
    const obj = st.get(ref.id);
    const done = (v: Value = null): number[] => {
      f.regs[i.dst] = v;
      f.pc++;
      return [];
    };
    switch (obj.t) {
      case 'mutex': {
        const m = st.edit<ObjectOf<'mutex'>>(ref.id);
        if (o.via === 'announce') {
          m.waiting = g.id;
          event('announce', ref);
          return [];
        }
        if (i.method.startsWith('Try')) {
          const free = m.writer === undefined && (i.method === 'TryRLock' || m.readers.length === 0);
          if (free) take(m, i.method === 'TryRLock', g.id, i.site);
          return done(m.open ? st.fresh() : free);
        }
        take(m, i.method === 'RLock', g.id, siteOf(g, f, i));
        if (m.waiting === g.id) m.waiting = undefined;
        event('lock', ref);
        return done();
      }
      case 'group': {
        if (i.method === 'Go') {
          const fun = st.resolve(f.regs[i.args[0] as Reg] as Value);
          if (fun instanceof Func) startMember(this.machine, st, ref, g, fun, i.site);
          return done();
        }
        if (obj.context !== undefined) cancelContext(st, obj.context);
        event('wait', ref);
        return done(st.fresh());
      }
      case 'once': {
        if (obj.state === 'done') return done();
        const fun = st.resolve(f.regs[i.args[0] as Reg] as Value);
        done();
        if (!(fun instanceof Func)) {
          st.open(fun);
          return [];
        }
        const once = st.edit<ObjectOf<'once'>>(ref.id);
        once.state = 'running';
        once.runner = g.id;
        const body: Callable = { code: methodCode(i.site.unit, ONCE_BODY, 1), recv: ref };
        this.machine.push(st, g, body, [fun], false, undefined, i.site);
        return [];
      }
      case 'cond': {
        const c = st.edit<ObjectOf<'cond'>>(ref.id);
        if (i.method === 'Broadcast') {
          for (const w of c.waiters) st.editGoroutine(w).phase = 'woken';
          c.waiters = [];
          event('broadcast', ref);
          return done();
        }
        if (i.method === 'Signal') {
          const w = o.wakes ?? c.waiters[0];
          if (w !== undefined) {
            st.editGoroutine(w).phase = 'woken';
            c.waiters = c.waiters.filter((x) => x !== w);
          }
          event('signal', ref);
          return done();
        }
        const locker = this.machine.embedded(st, c.locker, 'Lock');
        const lock = locker && st.as(locker, 'mutex') ? st.edit<ObjectOf<'mutex'>>(locker.id) : undefined;
        if (g.phase === undefined) {
          if (lock) lock.writer = undefined;
          c.waiters = [...c.waiters, g.id];
          g.phase = 'waiting';
          return [];
        }
        g.phase = undefined;
        if (lock) take(lock, false, g.id, i.site);
        return done();
      }
      default:
        event('wait', ref);
        return done();
    }
  }
}

function take(m: ObjectOf<'mutex'>, read: boolean, by: number, site: Site): void {
  if (read) m.readers = [...m.readers, by];
  else m.writer = by;
  m.taken = site;
}

/** Where an operation stands: for methods that the model made up, the call of them. */
export function siteOf(g: Goroutine, f: Frame, i: Instruction): Site {
  if (f.code.func || i.site.node.end > 0) return i.site;
  return f.call ?? g.start ?? i.site;
}

function refId(v: Value | undefined): number | undefined {
  return v instanceof Ref ? v.id : undefined;
}
