/** Lowers assignments to variables, fields, elements and what pointers point to. */
import { unparen } from '../../golang/walk.ts';
import type { Expr } from '../../syntax/ast.ts';
import type { Reg } from './instructions.ts';
import { lowerExpr, lowerIndex, promoted } from './lower-expressions.ts';
import type { Lowering } from './lowering.ts';
import { isInline } from './shapes.ts';

/** Assigns to a variable, or declares it where the statement is a definition. */
export function store(l: Lowering, target: Expr, value: Reg, defines: boolean): void {
  const x = unparen(target);
  if (defines && x.kind === 'Ident' && x.obj?.decl === x) return l.declare(x.obj, value);
  assign(l, target, value);
}

/** Assigns a register to what an expression denotes. */
export function assign(l: Lowering, target: Expr, src: Reg): void {
  const x = unparen(target);
  switch (x.kind) {
    case 'Ident':
      if (x.name === '_') return;
      if (x.obj) return l.write(x.obj, src);
      {
        const d = l.analysis.types.denotes(l.unit, x);
        if (d?.kind === 'member') l.emit({ op: 'setglobal', key: `${d.pkg.path}.${x.name}`, src });
      }
      return;
    case 'SelectorExpr': {
      const s = l.analysis.types.members.selector(l.unit, x);
      if (s?.kind === 'package') return void l.emit({ op: 'setglobal', key: `${s.path}.${s.name}`, src });
      const base = lowerExpr(l, x.x);
      if (s?.kind !== 'field')
        return void l.emit({ op: 'opaque', dst: l.reg(), args: [src], escapes: true, type: { kind: 'unknown' } });
      const at = promoted(l, base, l.typeOf(x.x), s.owner);
      if (isInline(l.shape(s.type))) {
        const dst = l.reg();
        l.emit({ op: 'field', dst, x: at, name: s.name, type: s.type });
        return void l.emit({ op: 'overwrite', dst, src });
      }
      return void l.emit({ op: 'setfield', x: at, name: s.name, src });
    }
    case 'IndexExpr': {
      const base = lowerExpr(l, x.x);
      const i = lowerIndex(l, x.indices[0] as Expr, x.x);
      return void l.emit({ op: 'setindex', x: base, i, src });
    }
    case 'StarExpr': {
      const p = lowerExpr(l, x.x);
      l.emit(isInline(l.shape(l.typeOf(x))) ? { op: 'overwrite', dst: p, src } : { op: 'store', cell: p, src });
      return;
    }
    default:
  }
}
