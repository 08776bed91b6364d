/** Lowered functions of one analysis: each is lowered once, when somebody first asks for it. */
import type { Analysis } from '../../golang/analysis.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import type { FuncNode } from '../../syntax/ast.ts';
import type { Code } from './instructions.ts';
import { valueOf } from './lower-expressions.ts';
import { type CodeSource, Lowering } from './lowering.ts';
import type { Relevance } from './relevance.ts';

/** Longer functions are not lowered: nobody could follow a witness through them. */
const MAX_LENGTH = 40_000;

export class Codes implements CodeSource {
  private readonly codes = new Map<FuncNode, Code | undefined>();
  private readonly initialisers = new Map<string, Code | undefined>();

  /** `relevance`: which statements are lowered. */
  constructor(
    readonly analysis: Analysis,
    readonly relevance: Relevance,
  ) {}

  code(unit: DeclUnit, func: FuncNode): Code | undefined {
    if (this.codes.has(func)) return this.codes.get(func);
    if (unit.hasError || !func.body || func.end - func.start > MAX_LENGTH) {
      this.codes.set(func, undefined);
      return undefined;
    }
    const name = func.kind === 'FuncDecl' ? func.name.name : '';
    const code = new Lowering(this, unit, func, name).lazily(func);
    this.codes.set(func, code);
    return code;
  }

  initialiser(unit: DeclUnit, name: string): Code | undefined {
    const key = `${unit.file.path}\0${name}`;
    if (this.initialisers.has(key)) return this.initialisers.get(key);
    const code = this.initialiserOf(unit, name);
    this.initialisers.set(key, code);
    return code;
  }

  private initialiserOf(unit: DeclUnit, name: string): Code | undefined {
    if (unit.decl.kind !== 'GenDecl' || unit.hasError) return undefined;
    for (const spec of unit.decl.specs) {
      if (spec.kind !== 'ValueSpec') continue;
      const i = spec.names.findIndex((n) => n.name === name);
      if (i < 0 || (spec.values.length > 0 && spec.values.length !== spec.names.length)) continue;
      const l = new Lowering(this, unit, undefined, name);
      const value = spec.values[i];
      const type = spec.type ? this.analysis.types.resolve(unit, spec.type) : undefined;
      if (!value && !type) return undefined;
      const { code } = l;
      code.lower = () => {
        const src = value ? valueOf(l, value, () => type) : l.zero(type as NonNullable<typeof type>);
        l.emit({ op: 'setglobal', key: `${unit.pkg.path}.${name}`, src });
        l.emit({ op: 'return', src });
        return false;
      };
      return code;
    }
    return undefined;
  }
}
