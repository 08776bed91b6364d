/** What sends, receives and closes do. */
import type { Type } from '../../golang/types.ts';
import { isFilledInTime } from './buffers.ts';
import { cancelContext } from './contexts.ts';
import type { Advance } from './effects.ts';
import type { Instruction, Reg, SelectArm } from './instructions.ts';
import { unknownValue } from './memory.ts';
import type { Frame } from './state.ts';
import { type ObjectOf, Ref, refId, type Site, type Value } from './values.ts';

/** Sends; a receiver that takes the value goes on as well. */
export function send(a: Advance, chan: Reg, value: Reg, site: Site, next: number): number[] {
  const { st, g, f, option: o, onPanic } = a;
  const c = st.resolve(f.regs[chan] as Value);
  const v = st.resolve(f.regs[value] as Value);
  if (o.via === 'panic') {
    st.events.push({ goroutine: g.id, site, kind: 'send-after-close', object: refId(c) });
    onPanic(st, 'send-after-close');
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
    if (a.machine.isClient && isFilledInTime(st, g, c)) ch.capacity = 1;
    ch.buffer = [...ch.buffer, v];
    return [];
  }
  const p = st.editGoroutine(o.partner as number);
  const pf = st.editFrame(p);
  const i = pf.code.instructions[pf.pc] as Instruction;
  if (i.op === 'recv') {
    st.events.push({ goroutine: p.id, site: i.site, kind: 'recv', object: refId(c), partner: g.id });
    deliver(pf, i, [v, true]);
  } else if (i.op === 'select') {
    const arm = i.arms[o.partnerArm as number] as SelectArm;
    st.events.push({ goroutine: p.id, site: arm.site, kind: 'recv', object: refId(c), partner: g.id });
    deliver(pf, arm, [v, true]);
  }
  return [p.id];
}

/** Receives from a channel alone: the value, and whether the channel was open. What a sender brings, `completeSend` delivers. */
export function receive(a: Advance, chan: Reg, site: Site, type: Type | undefined): [Value, Value] {
  const { machine, st, g, f, option: o } = a;
  const v = st.resolve(f.regs[chan] as Value);
  st.events.push({
    goroutine: g.id,
    site,
    kind: o.via === 'fire' ? 'fire' : 'recv',
    object: refId(v),
    partner: o.partner,
    byUnseen: o.via === 'open',
  });
  const unknown = (): Value => (type ? unknownValue(machine.info, st, type, site) : st.fresh());
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
        const { deadline } = st.get(c.context) as ObjectOf<'context'>;
        cancelContext(st, c.context, deadline ? { error: 'DeadlineExceeded' } : undefined);
        // What cancels it from outside cancels what it comes from as well, or a deadline has passed.
        return [null, false];
      }
      if (c.timer === 'once') st.edit<ObjectOf<'chan'>>(v.id).timer = 'stopped';
      else if (c.timer === 'ticker' && c.period !== undefined)
        Object.assign(st.edit<ObjectOf<'chan'>>(v.id), { due: st.now + c.period, ticks: (c.ticks ?? 0) + 1 });
      return [st.fresh(), true];
    default:
      return [null, true];
  }
}

/** The partner of a receiver is a sender that goes on, too. */
export function completeSend({ st, f, option: o }: Advance, chan: Reg): number[] {
  if (o.via !== 'rendezvous' || o.partner === undefined) return [];
  const g = st.editGoroutine(o.partner);
  const pf = st.editFrame(g);
  const i = pf.code.instructions[pf.pc] as Instruction;
  let value: Value = null;
  if (i.op === 'send') {
    value = st.resolve(pf.regs[i.value] as Value);
    pf.pc++;
  } else if (i.op === 'select' && o.partnerArm !== undefined) {
    const arm = i.arms[o.partnerArm] as SelectArm;
    value = st.resolve(pf.regs[arm.value as Reg] as Value);
    pf.pc = arm.target;
    st.events.push({
      goroutine: g.id,
      site: arm.site,
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
  if (at.op === 'recv') deliver(f, at, [value, true]);
  else if (at.op === 'select') deliver(f, at.arms[o.arm as number] as SelectArm, [value, true]);
  return [g.id];
}

/** Puts what was received where a receiver wants it, and moves the receiver on. */
export function deliver(
  f: Frame,
  to: { dst?: Reg; ok?: Reg } & ({ target: number } | { op: 'recv' }),
  [v, ok]: [Value, Value],
): void {
  if (to.dst !== undefined) f.regs[to.dst] = v;
  if (to.ok !== undefined) f.regs[to.ok] = ok;
  if ('target' in to) f.pc = to.target;
  else f.pc++;
}

/** Closes a channel, or panics. */
export function closeChannel({ st, g, f, onPanic }: Advance, chan: Reg, site: Site): number[] {
  const v = st.resolve(f.regs[chan] as Value);
  const c = st.as(v, 'chan');
  if (v === null || (c?.closed && !c.open)) {
    st.events.push({ goroutine: g.id, site, kind: c ? 'double-close' : 'close-nil', object: refId(v) });
    if (c) onPanic(st, 'double-close');
    f.panicking = true;
    return [];
  }
  if (c && v instanceof Ref) st.edit<ObjectOf<'chan'>>(v.id).closed = true;
  st.events.push({ goroutine: g.id, site, kind: 'close', object: refId(v) });
  f.pc++;
  return [];
}
