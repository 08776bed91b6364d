/** Goroutines as the engine hands them out: where they are started, and in words how they end. */
import type { Place } from '../concurrency/spawns/channel-facts.ts';
import type { SettledWay } from '../concurrency/spawns/settled-ways.ts';
import { type EndKind, type GoroutineEnd, type SpawnSite, spawnSites } from '../concurrency/spawns/spawn-sites.ts';
import type { Analysis } from '../golang/analysis.ts';
import type { DeclUnit } from '../golang/unit.ts';
import type { GoPackage } from '../golang/package.ts';
import type { SourceFile } from '../golang/source-file.ts';
import { formatMessage } from '../rules/format.ts';
import type { Locale, Localized } from '../rules/rule.ts';
import { LAUNCHES } from '../rules/triggers.ts';
import type { Range } from './finding.ts';
import { COMMA, MISSING, OR, PLACES, SENTENCES, TITLES, WAYS } from './goroutines.text.ts';

/** A stretch of a file, in UTF-16 offsets and lines. */
export interface Location {
  path: string;
  start: number;
  end: number;
  range: Range;
}

/** A goroutine that code starts; the location is that of the `go` keyword, or of a call up to its name: `g.Go`. */
export interface Goroutine extends Location {
  /** Offsets of the keyword, or of the name alone. */
  word: { start: number; end: number };
  /** Name of the function that runs; absent for literals. */
  function?: string;
  ends: EndKind;
  /** Localised sentences with code in backquotes. */
  text: string;
  /** The same in a few words, without code marks. */
  title: string;
  /** What the end depends on: the wait, the `close`, the loop. */
  reason?: Location;
}

const LAUNCH = new RegExp(LAUNCHES.join('|'), 'm');

/** The goroutines that a file starts, in source order. Declarations longer than `maxLength` are left out. */
export function goroutinesIn(
  analysis: Analysis,
  pkg: GoPackage,
  file: SourceFile,
  maxLength: number,
  locale: Locale,
): Goroutine[] {
  if (!LAUNCH.test(file.text)) return [];
  const found: Goroutine[] = [];
  for (const declaration of file.outline.decls) {
    const text = file.textOf(declaration);
    if (text.length > maxLength || !LAUNCH.test(text)) continue;
    found.push(...inDeclaration(analysis, pkg.unit({ file, declaration }), locale));
  }
  return found;
}

function inDeclaration(analysis: Analysis, unit: DeclUnit, locale: Locale): Goroutine[] {
  try {
    return spawnSites(analysis, unit).map((site) => describe(site, locale));
  } catch {
    // A defect here must not cost the findings of the file; rules that meet the same code report theirs.
    return [];
  }
}

function describe({ unit, node, word, name, end }: SpawnSite, locale: Locale): Goroutine {
  const reason = reasonOf(end);
  return {
    ...locate({ unit, node }),
    word: { start: unit.base + word.start, end: unit.base + word.end },
    ...(name !== undefined && { function: name }),
    ends: end.kind,
    text: new Wording(unit, locale).sentence(end),
    title: titleOf(end, locale),
    ...(reason && { reason: locate(reason) }),
  };
}

function locate({ unit, node }: { unit: DeclUnit; node: { start: number; end: number } }): Location {
  const [start, end] = [unit.base + node.start, unit.base + node.end];
  const { lines, path } = unit.file;
  return { path, start, end, range: { start: lines.position(start), end: lines.position(end) } };
}

function reasonOf({ ways, at }: GoroutineEnd): Place | undefined {
  const [way] = ways;
  if (!way) return at && headOf(at);
  return way.close ?? headOf(way);
}

/** Of a loop or `select` its first word: the whole statement may be long. */
function headOf({ unit, node }: Place): Place {
  const words: Record<string, string> = { ForStmt: 'for', RangeStmt: 'for', SelectStmt: 'select', GoStmt: 'go' };
  const word = words[node.kind];
  return { unit, node: word === undefined ? node : { ...node, end: node.start + word.length } };
}

function titleOf(end: GoroutineEnd, locale: Locale): string {
  const title = (text: Localized): string => formatMessage(text[locale], { ways: waysIn(end.ways, locale) });
  switch (end.kind) {
    case 'completes':
    case 'unknown':
    case 'none':
      return title(TITLES[end.kind]);
    case 'with-process':
      return title(TITLES.process);
    default:
      return title(end.unless === 'elsewhere' ? TITLES.elsewhere : TITLES.ends);
  }
}

function waysIn(ways: readonly SettledWay[], locale: Locale): string {
  return ways.map((way) => wayText(way, locale).replaceAll('`', '').trim()).join(OR[locale]);
}

function wayText({ kind, what }: SettledWay, locale: Locale): string {
  return formatMessage(WAYS[kind][locale], { what: clip(what) });
}

const MAX_CODE = 40;

function clip(code: string): string {
  const line = code.replace(/\s+/g, ' ').replaceAll('`', "'");
  return line.length > MAX_CODE ? `${line.slice(0, MAX_CODE - 1)}…` : line;
}

/** Places named at most. */
const MAX_PLACES = 3;

class Wording {
  constructor(
    private readonly unit: DeclUnit,
    private readonly locale: Locale,
  ) {}

  sentence(end: GoroutineEnd): string {
    const { at, why } = end;
    const place = at ? this.place(at) : '';
    switch (end.kind) {
      case 'completes':
        return this.say(SENTENCES.completes) + this.also(end);
      case 'unknown':
        return this.say(SENTENCES.unknown);
      case 'with-process':
        return this.say(SENTENCES[why === 'daemon' || why === 'fatal' ? why : 'once'], { place });
      case 'none': {
        if (why === 'counterpart') return this.say(SENTENCES['none-counterpart'], { place, ways: this.missing(end) });
        const parked = at?.node.kind === 'SelectStmt';
        return this.say(SENTENCES[parked ? 'none-parked' : 'none-loop'], { place });
      }
      default: {
        const ways = end.ways.map((way) => this.way(way)).join(OR[this.locale]);
        return this.say(SENTENCES[end.unless ?? 'ends'], { ways }) + this.also(end);
      }
    }
  }

  private say(text: Localized, args: Record<string, string> = {}): string {
    return formatMessage(text[this.locale], args);
  }

  private way(way: SettledWay): string {
    const what = wayText(way, this.locale);
    const place = this.place(way);
    const close = way.close && this.place(way.close);
    return this.say(close === undefined ? PLACES.at : PLACES.closedAt, { what, place, close: close ?? '' });
  }

  private missing({ ways }: GoroutineEnd): string {
    const texts = ways.map(({ kind, what }) =>
      this.say(MISSING[kind === 'sent' || kind === 'closed' || kind === 'done' ? kind : 'received'], {
        what: clip(what),
      }),
    );
    return [...new Set(texts)].join(COMMA[this.locale]);
  }

  private also({ also }: GoroutineEnd): string {
    const places = [...new Set(also.map((p) => this.place(p)))];
    if (places.length === 0) return '';
    const named = places.slice(0, MAX_PLACES).join(COMMA[this.locale]);
    return this.say(SENTENCES.also, { places: places.length > MAX_PLACES ? `${named}, …` : named });
  }

  private place({ unit, node }: Place): string {
    const { file } = unit;
    const line = String(file.lines.position(unit.base + node.start).line + 1);
    if (file === this.unit.file) return this.say(PLACES.line, { line });
    return this.say(PLACES.file, { line, file: file.path.slice(file.path.search(/[^/\\]*$/)) });
  }
}
