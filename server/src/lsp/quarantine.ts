/** Files whose analysis failed or took too long: left alone until they are saved or reopened, so that typing stays quick. */
import type { Log } from './log.ts';

/** Milliseconds one file may take; a thousand times what an ordinary one does. */
export const BUDGET_MS = 5000;

export class Quarantine {
  private readonly files = new Set<string>();

  constructor(
    private readonly log: Log,
    private readonly budgetMs = BUDGET_MS,
  ) {}

  has(key: string): boolean {
    return this.files.has(key);
  }

  release(key: string): void {
    this.files.delete(key);
  }

  /** Runs an analysis of one file or folder; `undefined` when it threw. */
  run<T>(key: string, analyse: () => T): T | undefined {
    const start = performance.now();
    try {
      return analyse();
    } catch (error) {
      this.files.add(key);
      this.log.error(`Analysis of ${key} failed; it is left alone until it is saved or reopened`, error);
      return undefined;
    } finally {
      const took = Math.round(performance.now() - start);
      if (took > this.budgetMs) {
        this.files.add(key);
        this.log.warn(`Analysis of ${key} took ${took} ms; it is left alone until it is saved or reopened.`);
      }
    }
  }
}
