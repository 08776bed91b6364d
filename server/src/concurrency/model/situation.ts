/** What is known of a method that clients call, of its type, and of the other methods of that. */
import type { Analysis } from '../../golang/analysis.ts';
import { endsValue } from '../../golang/ending-methods.ts';
import type { GoPackage, PackageMember } from '../../golang/package.ts';
import type { Step } from './client-code.ts';
import { exportedMembers, exportedMethods, type Maker, type Method, ownTarget, receiverOf } from './client-methods.ts';
import { callsAny } from './client-steps.ts';
import { comesBack, isSmall, methodText, textMayWait, textStartsGoroutines } from './entries.ts';
import { lends } from './lending.ts';
import { isRunner, sendsUnderLock, servesOthers } from './method-shapes.ts';

export class Situation {
  private readonly texts = new Map<PackageMember['declaration'], string>();
  protected readonly pkg: GoPackage;
  protected readonly text: string;
  protected readonly waits: boolean;
  protected readonly ends: boolean;
  protected readonly isSmall: boolean;
  protected readonly starters: readonly Step[];
  protected readonly runners: readonly Method[];
  /** The call of the method once more. */
  protected readonly same: Step;

  constructor(
    protected readonly analysis: Analysis,
    protected readonly type: string,
    protected readonly last: Method,
    protected readonly makers: readonly Maker[],
  ) {
    this.pkg = last.unit.pkg;
    this.isSmall = isSmall(this.pkg);
    this.text = this.textOf(last.unit);
    this.waits = textMayWait(this.text);
    this.ends = endsValue(last.decl);
    this.same = { ...last, again: true };
    this.starters = this.methods(textStartsGoroutines, 3).map((m) => ({ ...m, must: 'succeed' }));
    this.runners = this.waits ? this.methods(isRunner, 1) : [];
  }

  protected textOf(member: PackageMember): string {
    const { declaration } = member;
    let text = this.texts.get(declaration);
    if (text === undefined) this.texts.set(declaration, (text = methodText(this.pkg, member, this.type)));
    return text;
  }

  protected methods(is: (text: string) => boolean, count = Infinity): Method[] {
    return exportedMethods(this.pkg, this.type, (m) => is(this.textOf(m)))
      .slice(0, count)
      .filter((m) => m.decl !== this.last.decl);
  }

  /** The type from which the client gets the value by a method. */
  protected carrierOf(maker: Maker | undefined): string | undefined {
    const carrier = maker?.carrier && receiverOf(this.analysis, maker);
    return carrier?.kind === 'named' ? carrier.name : undefined;
  }

  /** True for a method that may come back to the value by what it calls. */
  protected leadsBack(): boolean {
    const { unit } = this.last;
    return comesBack(this.pkg, this.type, unit.file.textOf(unit.declaration));
  }

  /** True when nobody comes after the end: nobody has got something that is to be given back, or serves those who wait. */
  protected isEndedForAll(): boolean {
    const { analysis, pkg, type, makers } = this;
    if (!this.isSmall || lends(analysis, pkg, type)) return false;
    return makers.some((m) => textStartsGoroutines(this.textOf(m.unit))) || this.methods(servesOthers, 1).length === 0;
  }

  /** True for a method that gives a value of the package: who comes next may have to wait for that. */
  protected lendsItself(): boolean {
    const { unit, decl } = this.last;
    return ownTarget(unit.pkg, this.analysis.types.signature(unit, decl.type).results[0]) !== undefined;
  }

  /** True for a method that calls another one of the type which sends with a lock held. */
  protected callsSender(): boolean {
    const own = this.last.unit.file.textOf(this.last.unit.declaration);
    const called = [...exportedMembers(this.pkg, this.type)].filter((m) => callsAny(own, m.declaration.names));
    return called.some((m) => m.declaration !== this.last.unit.declaration && sendsUnderLock(this.textOf(m)));
  }
}
