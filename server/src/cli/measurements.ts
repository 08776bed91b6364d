/** What `--statistics` and `--timing` print. */
import type { ScanSummary } from '../workspace/scan.ts';
import type { ScanFlags } from './scan-options.ts';

/** Measures from its creation on. */
export class Measurements {
  private readonly startedAt = performance.now();
  private readonly cpuAtStart = process.cpuUsage();

  /** Lines for stderr. CPU time and memory are those of the whole process, workers included. */
  describe(summary: ScanSummary, byRule: ReadonlyMap<string, number>, flags: ScanFlags): string {
    const rows: Row[] = [];
    if (flags.statistics) rows.push(...this.counts(summary, byRule));
    if (flags.timing) rows.push(...this.times(summary));
    const width = Math.max(...rows.map(([name]) => name.length));
    return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
  }

  private counts({ directories, files, bytesRead, engine }: ScanSummary, byRule: ReadonlyMap<string, number>): Row[] {
    const rules = [...byRule].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return [
      ['directories', directories],
      ['files', `${files} (${(bytesRead / 1e6).toFixed(1)} MB)`],
      ['files analysed', engine.filesAnalysed],
      ['declarations parsed', `${engine.declarationsParsed} of ${engine.declarations}`],
      ['functions explored', engine.model.functions],
      ['explored in part', engine.model.incomplete],
      ['states', engine.model.states],
      ...rules,
    ];
  }

  private times({ engine }: ScanSummary): Row[] {
    const wall = performance.now() - this.startedAt;
    const { user, system } = process.cpuUsage(this.cpuAtStart);
    const rules = Object.entries(engine.ruleMs).sort((a, b) => b[1] - a[1]);
    return [
      ['wall time', `${wall.toFixed(0)} ms`],
      ['CPU time', `${((user + system) / 1000).toFixed(0)} ms`],
      ['peak memory', `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`],
      ...distribution('function explored', engine.model.functionMs),
      ...rules.map(([rule, ms]): Row => [rule, `${ms.toFixed(1)} ms`]),
    ];
  }
}

type Row = [name: string, value: string | number];

/** How long single ones take; nothing when there are none. */
function distribution(name: string, samples: readonly number[]): Row[] {
  if (samples.length === 0) return [];
  const sorted = [...samples].sort((a, b) => a - b);
  // Nearest rank.
  const at = (percent: number): string =>
    `${(sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0).toFixed(2)} ms`;
  return [[name, `p50 ${at(50)}, p95 ${at(95)}, max ${at(100)}`]];
}
