/** What methods of locks, groups and the like that may wait do when they go on. Those that never wait are in `sync-effects.ts`. */
import { cancelContext } from './contexts.ts';
import type { Advance } from './effects.ts';
import type { InstructionOf, Reg } from './instructions.ts';
import { methodCode, ONCE_BODY } from './method-code.ts';
import { siteOf } from './pending.ts';
import { startMember } from './sync-effects.ts';
import { Cancel, Func, type ObjectOf, Ref, refId, type Site, type Value } from './values.ts';

/** What a method of a lock, group or the like does once it need not wait any more. */
export function waitEffect(a: Advance, i: InstructionOf<'sync' | 'invoke'>): number[] | 'dead' {
  const { machine, st, g, f, option: o } = a;
  const recv = st.resolve(f.regs[i.recv] as Value);
  const event = (kind: string, object?: Value): void =>
    void st.events.push({ goroutine: g.id, site: siteOf(g, f, i), kind, object: refId(object) });
  if (recv instanceof Cancel) {
    cancelContext(st, recv.context, { error: 'Canceled' });
    event('cancel', new Ref(recv.context));
    f.pc++;
    return [];
  }
  const ref = machine.embedded(st, recv, i.method);
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
        if (free) {
          take(m, i.method === 'TryRLock', g.id, siteOf(g, f, i));
          event('lock', ref);
        }
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
        if (fun instanceof Func) startMember(machine, st, ref, g, fun, i.site);
        return done();
      }
      if (obj.context !== undefined) cancelContext(st, obj.context, { error: 'Canceled' });
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
      const body = { code: methodCode(i.site.unit, ONCE_BODY, 1), recv: ref };
      machine.push(st, g, body, [fun], false, undefined, i.site);
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
      const locker = machine.embedded(st, c.locker, 'Lock');
      const lock = locker && st.as(locker, 'mutex') ? st.edit<ObjectOf<'mutex'>>(locker.id) : undefined;
      if (g.phase === undefined) {
        if (lock?.writer !== undefined) {
          lock.writer = undefined;
          lock.holds = [];
        } else if (lock?.readers.includes(g.id)) {
          // Of `RWMutex.RLocker()`.
          c.reads = true;
          lock.holds = lock.holds.filter(({ by }) => by !== g.id);
          lock.readers = lock.readers.filter((by) => by !== g.id);
        }
        c.waiters = [...c.waiters, g.id];
        g.phase = 'waiting';
        return [];
      }
      g.phase = undefined;
      if (lock) {
        take(lock, c.reads === true, g.id, siteOf(g, f, i));
        event('lock', locker);
      }
      return done();
    }
    default:
      // How many it waits for is not known, and so not what they have done by then.
      if (obj.t === 'waitgroup' && obj.count === undefined) return machine.giveUp();
      event('wait', ref);
      return done();
  }
}

/** A goroutine takes a lock. */
function take(m: ObjectOf<'mutex'>, read: boolean, by: number, site: Site): void {
  if (read) m.readers = [...m.readers, by];
  else m.writer = by;
  m.holds = [...m.holds, { by, site }];
}
