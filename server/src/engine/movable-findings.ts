/** Findings that are told again in a later version of their file, where they are in other places by offset, though not by line. */
import type { Basis, Versions } from '../golang/versions.ts';
import type { FileEdits, Finding, TextEdit } from './finding.ts';

type Beginning = NonNullable<ReturnType<Versions['beginning']>>;

/** A stretch of a file. */
interface Stretch {
  start: number;
  end: number;
}

export class MovableFindings {
  private constructor(
    private readonly findings: readonly Finding[],
    /** Places by what is in them. */
    private readonly places: ReadonlyMap<Stretch, string>,
    /** Where the declarations began on which the findings rest. */
    private readonly beginnings: ReadonlyMap<string, Beginning>,
  ) {}

  /** Findings as they were made; undefined where one of them points to something, or edits something, on which it does not rest. */
  static of(made: readonly Finding[], { declarations }: Basis, versions: Versions): MovableFindings | undefined {
    // Who has got the findings may mark them as suppressed.
    const findings = made.map((finding) => mapped(finding, (x) => ({ ...x })));
    const places = new Map<Stretch, string>();
    for (const finding of findings)
      for (const { path, stretch } of stretchesOf(finding)) {
        const place = versions.placeAround(path, stretch.start, stretch.end);
        if (place === null) continue;
        if (place === undefined || !declarations.has(place)) return undefined;
        places.set(stretch, place);
      }
    const beginnings = new Map<string, Beginning>();
    for (const place of declarations) {
      const beginning = versions.beginning(place);
      if (!beginning) return undefined;
      beginnings.set(place, beginning);
    }
    return new MovableFindings(findings, places, beginnings);
  }

  /** The findings in terms of another version; undefined where lines have moved. The declarations on which they rest must be unchanged. */
  moved(versions: Versions): Finding[] | undefined {
    const shifts = new Map<string, number>();
    for (const [place, was] of this.beginnings) {
      const is = versions.beginning(place);
      if (is?.line !== was.line || is.character !== was.character) return undefined;
      shifts.set(place, is.offset - was.offset);
    }
    const move = <T extends Stretch>(x: T): T => {
      const shift = shifts.get(this.places.get(x) ?? '') ?? 0;
      return { ...x, start: x.start + shift, end: x.end + shift };
    };
    return this.findings.map((finding) => mapped(finding, move));
  }
}

/** A copy of a finding in which everything that has a place in a file is changed. */
function mapped(finding: Finding, change: <T extends Stretch>(x: T) => T): Finding {
  const edits = (all: readonly TextEdit[]): TextEdit[] => all.map((edit) => change(edit));
  return {
    ...change(finding),
    steps: finding.steps.map((step) => change(step)),
    fixes: finding.fixes.map((fix) => ({
      ...fix,
      edits: edits(fix.edits),
      ...(fix.elsewhere && {
        elsewhere: fix.elsewhere.map((f): FileEdits => ({ path: f.path, edits: edits(f.edits) })),
      }),
    })),
  };
}

/** What of files a finding names. */
function stretchesOf(finding: Finding): { path: string; stretch: Stretch }[] {
  const edited = finding.fixes.flatMap(({ edits, elsewhere = [] }) => [{ path: finding.path, edits }, ...elsewhere]);
  return [
    { path: finding.path, stretch: finding },
    ...finding.steps.map((step) => ({ path: step.path, stretch: step })),
    ...edited.flatMap(({ path, edits }) => edits.map((edit) => ({ path, stretch: edit }))),
  ];
}
