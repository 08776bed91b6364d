import { strictEqual } from 'node:assert';
import { readResults } from '../../src/syntax/func-header.ts';

describe('results in the text of a function header', () => {
  const cases: [string, string][] = [
    ['func f()', ''],
    ['func f() error', 'error'],
    ['func f(a, b int) (*http.Response, error)', '(*http.Response, error)'],
    ['func (s *Server) Do(req *http.Request) (resp *http.Response, err error)', '(resp *http.Response, err error)'],
    ['func (m *Map[K, V]) Get(k K) V', 'V'],
    ['func Map[T any, U interface{ ~[]T }](f func(T) U, x struct{ a int }) func() U', 'func() U'],
    ['func f( // first (\n\ta int, /* ) */\n) error', 'error'],
    ['func f(a int', '(a int'],
  ];
  for (const [header, results] of cases)
    it(header.replace(/\s+/g, ' '), () => strictEqual(readResults(header).trim(), results));
});
