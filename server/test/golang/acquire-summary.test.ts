import assert from 'node:assert/strict';
import { packageOf } from '../support/analysis.ts';

const HEADER = `package p
import ("context"; "database/sql"; "errors"; "io"; "net/http"; "time")
var kept *http.Response
var _ = errors.New
`;

/** What callers of `f` have to release: `kind.via@result/error from origin`. */
async function returned(source: string): Promise<string[]> {
  const { analysis, unit } = await packageOf({ 'a.go': `${HEADER}${source}\n` });
  const u = unit('f');
  assert.ok(!u.hasError && u.decl.kind === 'FuncDecl', 'the test itself does not parse');
  return analysis.acquired
    .results({ unit: u, decl: u.decl })
    .map(
      ({ acquires: a, origin }) => `${a.kind}${a.via ? `.${a.via}` : ''}@${a.result}/${a.error ?? '-'} from ${origin}`,
    );
}

const GET = 'func f(u string) (*http.Response, error)';
const RESPONSE = ['response-body.Body@0/1 from net/http.Get'];

const CASES: Record<string, [source: string, expected: string[]]> = {
  'the results of a call': [`${GET} { return http.Get(u) }`, RESPONSE],
  'a variable, returned after its error was checked': [
    `${GET} { r, err := http.Get(u); if err != nil { return nil, err }; return r, nil }`,
    RESPONSE,
  ],
  'a variable that is closed on other ways': [
    `${GET} { r, err := http.Get(u); if err != nil { return nil, err }; if r.StatusCode > 299 { r.Body.Close(); return nil, errors.New(r.Status) }; return r, nil }`,
    RESPONSE,
  ],
  'nothing when it was closed before': [
    `${GET} { r, err := http.Get(u); if err != nil { return nil, err }; defer r.Body.Close(); return r, nil }`,
    [],
  ],
  'nothing when somebody else has it too': [
    `${GET} { r, err := http.Get(u); if err != nil { return nil, err }; kept = r; return r, nil }`,
    [],
  ],
  'the body alone': [
    'func f(u string) (io.ReadCloser, error) { r, err := http.Get(u); if err != nil { return nil, err }; return r.Body, nil }',
    ['response-body@0/1 from net/http.Get'],
  ],
  'nothing that the caller could not close': [
    'func f(u string) (io.Reader, error) { r, err := http.Get(u); if err != nil { return nil, err }; return r.Body, nil }',
    [],
  ],
  'through another function': [
    `${GET} { return g(u) }\nfunc g(u string) (*http.Response, error) { return http.Get(u) }`,
    RESPONSE,
  ],
  'nothing for ever': [`${GET} { return f(u) }`, []],
  'a cancel function': [
    'func f(c context.Context) (context.Context, context.CancelFunc) { return context.WithTimeout(c, time.Second) }',
    ['cancel@1/- from context.WithTimeout'],
  ],
  'one of several values': [
    'func f() (int, *time.Ticker) { return 1, time.NewTicker(time.Second) }',
    ['ticker@1/- from time.NewTicker'],
  ],
  'rows at another place': [
    'func f(db *sql.DB) (int, *sql.Rows, error) { rows, err := db.Query("q"); if err != nil { return 0, nil, err }; return 1, rows, nil }',
    ['rows@1/2 from database/sql.DB.Query'],
  ],
  'nothing from a literal': [
    `${GET} { g := func() (*http.Response, error) { return http.Get(u) }; _, err := g(); return nil, err }`,
    [],
  ],
};

describe('resources that functions return', () => {
  for (const [name, [source, expected]] of Object.entries(CASES))
    it(name, async () => assert.deepEqual(await returned(source), expected));
});
