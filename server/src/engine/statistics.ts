/** Sums of what engines count. */
import { addModelStatistics, emptyModelStatistics } from '../concurrency/model/statistics.ts';
import type { EngineStatistics } from './api.ts';

export function emptyStatistics(): EngineStatistics {
  return {
    files: 0,
    filesAnalysed: 0,
    declarations: 0,
    declarationsParsed: 0,
    bytes: 0,
    ruleMs: {},
    model: emptyModelStatistics(),
  };
}

/** What was counted until now, for `statisticsSince`. */
export function copyStatistics(statistics: EngineStatistics): EngineStatistics {
  const { ruleMs, model } = statistics;
  return { ...statistics, ruleMs: { ...ruleMs }, model: { ...model, functionMs: [...model.functionMs] } };
}

/** Adds `more` to `total` in place. */
export function addStatistics(total: EngineStatistics, more: EngineStatistics): void {
  total.files += more.files;
  total.filesAnalysed += more.filesAnalysed;
  total.declarations += more.declarations;
  total.declarationsParsed += more.declarationsParsed;
  total.bytes += more.bytes;
  for (const [rule, ms] of Object.entries(more.ruleMs)) total.ruleMs[rule] = (total.ruleMs[rule] ?? 0) + ms;
  addModelStatistics(total.model, more.model);
}

/** What was counted after `before` was copied from the same statistics. */
export function statisticsSince(before: EngineStatistics, now: EngineStatistics): EngineStatistics {
  return {
    files: now.files - before.files,
    filesAnalysed: now.filesAnalysed - before.filesAnalysed,
    declarations: now.declarations - before.declarations,
    declarationsParsed: now.declarationsParsed - before.declarationsParsed,
    bytes: now.bytes - before.bytes,
    ruleMs: Object.fromEntries(Object.entries(now.ruleMs).map(([rule, ms]) => [rule, ms - (before.ruleMs[rule] ?? 0)])),
    model: {
      functions: now.model.functions - before.model.functions,
      states: now.model.states - before.model.states,
      incomplete: now.model.incomplete - before.model.incomplete,
      functionMs: now.model.functionMs.slice(before.model.functionMs.length),
    },
  };
}
