import assert from 'node:assert/strict';
import { acquisitions, unreleasedPath } from '../../src/golang/resources.ts';
import { packageOf } from '../support/analysis.ts';

const HEADER = `package p
import ("bufio"; "database/sql"; "encoding/json"; "errors"; "fmt"; "io"; "net/http"; "os"; "testing")
var _ = errors.New; var _ = fmt.Sprint; var _ = os.IsExist; var _ *bufio.Reader; var _ *json.Decoder; var _ io.Reader
`;

/** How the first way out on which `f` releases nothing ends, for each acquisition of `f`; `-` where there is none. */
async function leaks(source: string, file = 'a.go', header = HEADER): Promise<string> {
  const { analysis, unit } = await packageOf({ [file]: `${header}${source}\n` });
  const u = unit('f');
  assert.ok(!u.hasError, 'the test itself does not parse');
  return acquisitions(analysis, u)
    .map((a) => (a.destination.kind === 'variable' ? (unreleasedPath(analysis, a)?.end ?? '-') : a.destination.kind))
    .join(' ');
}

const get = (rest: string): string => `func f(u string) error { r, err := http.Get(u); ${rest} }`;
const query = (rest: string): string =>
  `func f(db *sql.DB) error { rows, err := db.Query("q"); if err != nil { return err }; ${rest} }`;

const CASES: Record<string, [source: string, expected: string]> = {
  'not released': [get('if err != nil { return err }; println(r.Status); return nil'), 'return'],
  'nothing was acquired while the error is set': [get('if err != nil { return err }; return r.Body.Close()'), '-'],
  'a wrapped error is still the same': [
    get('err = fmt.Errorf("get: %w", err); if err != nil { return err }; return r.Body.Close()'),
    '-',
  ],
  'another error is not': [get('err = os.Remove(u); if err != nil { return err }; return r.Body.Close()'), 'return'],
  'a call that finds an error': [get('if os.IsTimeout(err) { return err }; return r.Body.Close()'), '-'],
  'a call that finds none': [get('if !noError(err) { return err }; return r.Body.Close()'), '-'],
  'a call whose meaning is unknown': [get('if odd(err) { return err }; return r.Body.Close()'), '-'],
  'a nil test of the value': [get('if r == nil { return err }; return r.Body.Close()'), '-'],
  'a nil test of the field': [get('if r == nil || r.Body == nil { return err }; return r.Body.Close()'), '-'],
  'released by a method of the library': [get('if err != nil { return err }; return r.Write(os.Stdout)'), '-'],
  'used by a wrapper': [
    get('if err != nil { return err }; d := json.NewDecoder(r.Body); var v any; return d.Decode(&v)'),
    'return',
  ],
  'used by a wrapper of a wrapper': [
    get('if err != nil { return err }; return json.NewDecoder(bufio.NewReader(r.Body)).Decode(&u)'),
    'return',
  ],
  'kept by a wrapper': [
    'var in *bufio.Reader\n' + get('if err != nil { return err }; b := bufio.NewReader(r.Body); in = b; return nil'),
    '-',
  ],
  'the field is replaced': [get('if err != nil { return err }; r.Body = http.NoBody; return nil'), '-'],
  'a dropped call': ['func f(u string) { http.Get(u) }', 'discarded'],
  'a dropped call on another goroutine': ['func f(u string) { go http.Get(u) }', 'discarded'],
  'a dropped result': ['func f(u string) error { _, err := http.Get(u); return err }', 'discarded'],
  'HEAD has no body': ['func f(u string) error { _, err := http.Head(u); return err }', ''],
  'rows read to the end': [query('for rows.Next() { println() }; return rows.Err()'), '-'],
  'rows read to the end another way': [query('for { if !rows.Next() { break } }; return rows.Err()'), '-'],
  'a return on the way': [
    query('for rows.Next() { if err := rows.Scan(); err != nil { return err } }; return nil'),
    'return',
  ],
  'a break on the way': [query('for rows.Next() { break }; return nil'), 'return'],
  'the next row only': [query('rows.Next(); return rows.Scan()'), 'return'],
};

describe('resources', () => {
  for (const [name, [source, expected]] of Object.entries(CASES))
    it(name, async () => assert.equal(await leaks(source), expected));

  it('nothing in the package that makes the resource itself', async () => {
    const { analysis, unit } = await packageOf(
      {
        'a.go': 'package context\nfunc WithCancel(p any) (any, func())\nfunc f() { c, _ := WithCancel(nil); _ = c }\n',
      },
      'context',
    );
    assert.deepEqual(acquisitions(analysis, unit('f')), []);
  });

  it('an error that a test demands', async () => {
    const source = 'func f(t *testing.T) { r, err := http.Get("u"); assert.Error(t, err); println(r) }';
    assert.equal(await leaks(source, 'a_test.go'), '-');
    const elsewhere = source.replace('t *testing.T', 't any');
    assert.equal(await leaks(elsewhere, 'a.go', HEADER.replace('; "testing"', '')), 'return');
  });
});
