/** Code that is not explored but may run at the same time: other calls of the package's functions. */
import type { Analysis } from '../../golang/analysis.ts';
import { isExported } from '../../golang/exported.ts';
import type { NamedType } from '../../golang/types.ts';
import { contains, walk } from '../../golang/walk.ts';
import type { FuncNode } from '../../syntax/ast.ts';
import { type FieldUse, FieldUses, type FieldUseKind } from './field-uses.ts';
import { lowered, nextInstructions } from './instructions.ts';
import { lockName } from './operand-names.ts';
import type { Pending } from './pending.ts';
import type { State } from './state.ts';
import { Ref, type StructObject, takenBy } from './values.ts';

export class Environment {
  constructor(
    private readonly analysis: Analysis,
    private readonly uses = new FieldUses(analysis),
    /** Nobody calls methods of values of this type any more: only who has got at what they hold may do something. */
    private readonly ended?: NamedType,
  ) {}

  /** What others may do once a value of a type has been ended. */
  whenEnded(type: NamedType): Environment {
    return new Environment(this.analysis, this.uses, type);
  }

  private ownerOf(o: StructObject): { path: string; name: string } | undefined {
    if (o.type.kind !== 'named' || o.type.local) return undefined;
    const pkg = this.analysis.program.package(o.type.pkg);
    return pkg?.origin === 'own' ? { path: o.type.pkg, name: o.type.name } : undefined;
  }

  /** Structs of the heap that hold an object in an unexported field, as `type.field`. */
  private holders(st: State, id: number): { o: StructObject; field: string }[] {
    const found: { o: StructObject; field: string }[] = [];
    for (const o of st.heap) {
      if (o.t !== 'struct') continue;
      for (const [field, v] of o.fields) if (v instanceof Ref && v.id === id) found.push({ o, field });
    }
    return found;
  }

  /**
   * True when somebody who calls functions of the package may wake a goroutine: a use of a field that holds what it waits
   * for does what it needs. `known`: objects that such callers can get at.
   */
  mayWake(
    st: State,
    p: Pending,
    known: ReadonlySet<number>,
    explored: ReadonlySet<FuncNode>,
    blocked: readonly Pending[],
  ): boolean {
    const { instruction: i } = p;
    const run = (use: FieldUse): boolean => !isBehind(use, blocked) && this.uses.mayRun(use, explored);
    if (i.op === 'select')
      return i.arms.some((a) => {
        const v = a.chan === undefined ? null : st.resolve(p.frame.regs[a.chan] ?? null);
        return (
          v instanceof Ref &&
          known.has(v.id) &&
          this.wakes(st, v.id, a.kind === 'send' ? ['recv'] : ['send', 'close'], run)
        );
      });
    return p.objects.some(
      (v) =>
        v instanceof Ref &&
        known.has(v.id) &&
        !unlocksItself(st, p, v) &&
        // Only who runs the function comes to its end.
        st.as(v, 'once')?.state !== 'running' &&
        this.wakes(st, v.id, neededFor(p, st, v), run),
    );
  }

  /** True for a channel in fields that the package closes and never sends on. */
  isOnlyClosed(st: State, id: number): boolean {
    const holders = this.holders(st, id);
    return (
      holders.length > 0 &&
      holders.every(({ o, field }) => {
        const owner = this.ownerOf(o);
        const pkg = owner && this.analysis.program.package(owner.path);
        if (!owner || !pkg || isExported(field)) return false;
        const kinds = new Set(this.uses.of(pkg, owner.name, field).map((u) => u.kind));
        return kinds.has('close') && !kinds.has('send');
      })
    );
  }

  /** True where an exported method of a type does no more than to give what the field holds to who calls it. */
  private isHandedOut({ unit, node }: FieldUse, owner: string): boolean {
    const { decl, declaration } = unit;
    if (decl.kind !== 'FuncDecl' || declaration.recv !== owner || !isExported(decl.name.name)) return false;
    return this.analysis.parents(unit).get(node)?.kind === 'ReturnStmt';
  }

  private wakes(st: State, id: number, kinds: readonly FieldUseKind[], run: (use: FieldUse) => boolean): boolean {
    const holders = this.holders(st, id);
    return (
      holders.length === 0 ||
      holders.some(({ o, field }) => {
        const owner = this.ownerOf(o);
        const pkg = owner && this.analysis.program.package(owner.path);
        if (!owner || !pkg || isExported(field)) return true;
        // Others of the type, which nobody has got so far, go on.
        const isEnded = owner.name === this.ended?.name && owner.path === this.ended.pkg && o.open === true;
        const uses = this.uses.of(pkg, owner.name, field);
        // Who is told by nothing that no more will come stops to receive when the value has been ended, if ever.
        const isLeft = isEnded && kinds[0] === 'recv' && !uses.some((u) => u.kind === 'close');
        return uses.some((u) =>
          u.kind === 'escape'
            ? !(isLeft && this.isHandedOut(u, owner.name))
            : !isEnded && kinds.includes(u.kind) && run(u),
        );
      })
    );
  }
}

/** True for what comes after a wait that whoever calls the function comes to first, and at which somebody is stuck. */
function isBehind({ unit, node }: FieldUse, blocked: readonly Pending[]): boolean {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl') return false;
  return blocked.some(({ frame, instruction: { site } }) => {
    if (frame.code.func !== decl) return false;
    const wait = decl.body?.stmts.find((s) => contains(s, site.node));
    return wait?.kind === 'ExprStmt' && node.start >= wait.end;
  });
}

/** True for a loop over a channel that a value may end: its body leads out without coming to the next one. */
function leavesByValue({ frame: { code, pc } }: Pending): boolean {
  const [head] = nextInstructions(code, pc);
  const branch = head === undefined ? undefined : lowered(code).instructions[head];
  if (branch?.op !== 'branch') return true;
  const seen = new Set([branch.yes]);
  for (const at of seen) {
    if (at === pc) continue;
    const op = code.instructions[at]?.op;
    if (op === 'return' || at === branch.no) return true;
    for (const next of nextInstructions(code, at)) seen.add(next);
  }
  return false;
}

/**
 * True for a lock that the goroutine has itself, taken by a function that is not over and unlocks on other ways: that one does
 * not leave it to others to unlock.
 */
function unlocksItself(st: State, { goroutine }: Pending, v: Ref): boolean {
  const o = st.as(v, 'mutex');
  const taken = o && takenBy(o, goroutine.id);
  if (!taken) return false;
  const { unit, node } = taken;
  const holder = goroutine.frames.find(({ code: { func, unit: at } }) => func && at === unit && contains(func, node));
  if (!holder?.code.func) return false;
  const unlock = `${lockName(taken)}.${o.writer === undefined ? 'R' : ''}Unlock()`;
  let found = false;
  walk(holder.code.func, (n) => {
    // What it starts is somebody else.
    if (found || n.kind === 'GoStmt') return false;
    found = n.kind === 'CallExpr' && unit.text(n) === unlock;
    return !found;
  });
  return found;
}

/** What somebody else has to do with the object. */
function neededFor(p: Pending, st: State, v: Ref): FieldUseKind[] {
  const i = p.instruction;
  switch (i.op) {
    case 'send':
      return ['recv'];
    case 'recv':
      return i.range && !leavesByValue(p) ? ['close'] : ['send', 'close'];
    case 'sync':
    case 'invoke': {
      const o = st.get(v.id);
      if (o.t === 'cond') return ['Signal', 'Broadcast'];
      if (o.t === 'waitgroup') return ['Done'];
      if (o.t === 'mutex') return ['unlock'];
      return [];
    }
    default:
      return [];
  }
}
