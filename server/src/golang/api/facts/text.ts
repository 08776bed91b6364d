/** Printing and logging: they look at their arguments and keep none of them. */
import type { ApiFact, FactTable } from '../fact.ts';
import { each, under } from './define.ts';

const first: ApiFact = { borrows: [0] };
const afterFormat: ApiFact = { borrows: [1] };
const panics: ApiFact = { neverReturns: true };
const exits: ApiFact = { neverReturns: true, skipsDefers: true };

const printing: FactTable = {
  ...each('Print Println Logger.Print Logger.Println', first),
  ...each('Printf Logger.Printf', afterFormat),
  ...each('Fatal Fatalln Logger.Fatal Logger.Fatalln', { ...exits, ...first }),
  ...each('Fatalf Logger.Fatalf', { ...exits, ...afterFormat }),
  ...each('Panic Panicln Logger.Panic Logger.Panicln', { ...panics, ...first }),
  ...each('Panicf Logger.Panicf', { ...panics, ...afterFormat }),
  // What a logger writes to from now on (`SetOutput`) has to stay open.
  New: { keepsWithoutClosing: [0] },
};

const levels = ['Debug', 'Info', 'Warn', 'Error'];
const structured: FactTable = {
  ...Object.fromEntries(
    levels.flatMap((level) =>
      ['', 'Logger.'].flatMap((owner): [string, ApiFact][] => [
        [`${owner}${level}`, { borrows: [1], contextVariant: `${level}Context` }],
        [`${owner}${level}Context`, { borrows: [2], takesContext: 0 }],
      ]),
    ),
  ),
  ...each('Log LogAttrs Logger.Log Logger.LogAttrs', { borrows: [3], takesContext: 0 }),
  ...each('Logger.Enabled', { takesContext: 0 }),
  ...each('NewTextHandler NewJSONHandler', { keepsWithoutClosing: [0] }),
};

export const textFacts: FactTable = {
  ...under('fmt', {
    ...each('Print Println Sprint Sprintln', first),
    ...each('Printf Sprintf Errorf Append Appendln', afterFormat),
    Appendf: { borrows: [2] },
    ...each('Fprint Fprintln', { blocks: 'io', borrows: [0, 1] }),
    Fprintf: { blocks: 'io', borrows: [0, 2] },
    ...each('Scan Scanln Scanf', { blocks: 'io' }),
    ...each('Fscan Fscanln Fscanf', { blocks: 'io', borrows: [0] }),
  }),
  ...under('log', printing),
  ...under('log/slog', structured),
  ...under('errors', { ...each('Is As', { borrows: [0, 1] }), Unwrap: first }),
  ...under('reflect', { TypeOf: first, DeepEqual: { borrows: [0, 1] }, ValueOf: { keepsWithoutClosing: [0] } }),
};
