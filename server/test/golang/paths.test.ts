import assert from 'node:assert/strict';
import { acquisitions, unreleasedPath } from '../../src/golang/resources.ts';
import { packageOf } from '../support/analysis.ts';

const HEADER = 'package p\nimport ("errors"; "io"; "os"; "github.com/stretchr/testify/assert")\nvar sink []*os.File\n';

/** How the file that `body` opens first can be left open: `end text-of-the-node`, or `none`. */
async function leak(body: string, more = ''): Promise<string> {
  const source = `${HEADER}${more}\nfunc test(name string, a, b bool, s *S) (err error) {\n${body}\n}\n`;
  const { analysis, unit } = await packageOf({ 'a.go': source });
  const u = unit('test');
  assert.ok(!u.hasError, 'the test itself does not parse');
  const [first] = acquisitions(analysis, u, new Set(['file']));
  assert.ok(first, 'nothing is opened');
  const path = unreleasedPath(analysis, first);
  return path ? `${path.end}${path.node ? ` ${u.text(path.node)}` : ''}` : 'none';
}

const OPEN = 'f, err := os.Open(name)\n';
const CHECKED = `${OPEN}if err != nil { return err }\n`;

const CASES: Record<string, Record<string, [body: string, expected: string, more?: string]>> = {
  'plain paths': {
    'is never closed': [`${CHECKED}_ = f.Name()`, 'return'],
    'is closed at the end': [`${CHECKED}f.Close()`, 'none'],
    'is closed by defer': [`${CHECKED}defer f.Close()\nif a { return nil }`, 'none'],
    'is left by an early return': [`${CHECKED}if a { return nil }\nf.Close()`, 'return return nil'],
    'takes the shortest way': [
      `${CHECKED}if a { if b { println(1) }; return io.EOF }\nreturn nil`,
      'return return nil',
    ],
    'ends with a panic or an exit': [`${CHECKED}if a { panic(1) }\nif b { os.Exit(1) }\nf.Close()`, 'none'],
    'may end with what nobody sees': [
      `${CHECKED}if a { log.Fatal("no"); return nil }\nif b { unseen.l.Fatalf("no"); return nil }\nf.Close()`,
      'none',
    ],
    'goes on after a Fatal of its own': [
      `${CHECKED}if a { l.Fatal(); return nil }\nf.Close()`,
      'return return nil',
      'type logger struct{}\nfunc (logger) Fatal() { println() }\nvar l logger\n',
    ],
    'waits for ever': [`${CHECKED}select {}`, 'none'],
    'closed in a closure that is deferred': [`${CHECKED}defer func() { if a { f.Close() } }()`, 'none'],
    'a defer before the acquisition closes what comes': [
      'var f *os.File\ndefer func() { f.Close() }()\nf, err = os.Open(name)',
      'none',
    ],
  },
  'the error tells whether there is anything to close': {
    'err != nil': [`${CHECKED}f.Close()`, 'none'],
    'nil != err': [`${OPEN}if nil != err { return err }\nf.Close()`, 'none'],
    'err == nil': [`${OPEN}if err == nil { f.Close() }`, 'none'],
    'not equal to nil, negated': [`${OPEN}if !(err == nil) { return err }\nf.Close()`, 'none'],
    'with an alternative': [`${OPEN}if err != nil || a { return err }\nf.Close()`, 'return return err'],
    'with a further condition': [`${OPEN}if err == nil && a { f.Close() }`, 'return'],
    'in a switch': [`${OPEN}switch { case err != nil: return err }\nf.Close()`, 'none'],
    'in a switch with a tag': [`${OPEN}switch err { case nil: default: return err }\nf.Close()`, 'none'],
    'in a switch with a tag, nil left out': [`${OPEN}switch err { case io.EOF: return err }\nf.Close()`, 'none'],
    'compared with an error': [`${OPEN}if err == io.EOF { return err }\nf.Close()`, 'none'],
    'errors.Is': [`${OPEN}if errors.Is(err, io.EOF) { return err }\nf.Close()`, 'none'],
    'os.IsNotExist, negated': [`${OPEN}if !os.IsNotExist(err) { return nil }`, 'return return nil'],
    'assert.NoError': [`${OPEN}if !assert.NoError(nil, err) { return nil }\nf.Close()`, 'none'],
    'assigned anew, the error tells no more': [
      `${OPEN}_, err = f.Stat()\nif err != nil { return err }\nf.Close()`,
      'return return err',
    ],
    'wrapped, it still tells': [
      `${OPEN}err = wrap(err)\nif err != nil { return err }\nf.Close()`,
      'none',
      'func wrap(err error) error { return err }',
    ],
    'another err of an inner scope': [
      `${CHECKED}if err := g(); err != nil { return err }\nf.Close()`,
      'return return err',
      'func g() error { return nil }',
    ],
    'the value itself': [`f, _ := os.Open(name)\nif f == nil { return nil }\nf.Close()`, 'none'],
    'the value, closed when it is there': [`f, _ := os.Open(name)\nif f != nil { f.Close() }`, 'none'],
  },
  'conditions tested twice': {
    'the same variable': [`${CHECKED}if a { println(1) }\nif a { f.Close() }`, 'return'],
    'opened and closed under it': [`if a {\n${CHECKED}if a { f.Close() }\n}`, 'none'],
    'closed where it holds, left where it does not': [`${CHECKED}if a { f.Close() }\nif !a { f.Close() }`, 'none'],
    'the turns of a loop': [
      'for i := 0; i < 9; i++ {\nf, _ := os.Open(name)\nif i%2 == 0 { f.Close() }\nprintln(f)\nif i%2 == 1 { f.Close() }\n}',
      'none',
    ],
    'a variable that changes from turn to turn': [
      'for i := 0; i < 9; i++ {\nf, _ := os.Open(name)\nif i == len(name) { f.Close() }\nif i != len(name) { f.Close() }\n}',
      'none',
    ],
    'a comparison and its opposite': [
      `${CHECKED}if len(name) > 3 { f.Close() }\nif len(name) <= 3 { f.Close() }`,
      'none',
    ],
    'a field': [`${CHECKED}if s.ok { f.Close() }\nif !s.ok { f.Close() }`, 'none', 'type S struct{ ok bool }'],
    'a field that is written between': [
      `${CHECKED}if s.ok { f.Close() }\ns.ok = true\nif !s.ok { f.Close() }`,
      'return',
      'type S struct{ ok bool }',
    ],
    'a variable that is written': [`${CHECKED}if a { f.Close() }\na = true\nif !a { f.Close() }`, 'return'],
    'a variable whose address is taken': [
      `${CHECKED}if a { f.Close() }\ng(&a)\nif !a { f.Close() }`,
      'return',
      'func g(*bool) {}',
    ],
    'a call': [`${CHECKED}if g() { f.Close() }\nif !g() { f.Close() }`, 'return', 'func g() bool { return true }'],
    'an inner variable of the same name is another one': [
      `${CHECKED}if a := g(); a { println(1) } else { return nil }\nif a { f.Close() }\nif !a { f.Close() }`,
      'return return nil',
      'func g() bool { return true }',
    ],
    'what an inner variable was does not hold for the outer one': [
      `${CHECKED}{\na := g()\nif !a { os.Exit(1) }\n}\nif a { f.Close() }`,
      'return',
      'func g() bool { return true }',
    ],
    'a variable of the turn of a loop': [
      `${CHECKED}for _, c := range []bool{true, false} { if c { f.Close(); return nil } }`,
      'return',
    ],
  },
  loops: {
    'opens again before it closes': [
      `for a {\n${OPEN}if err != nil { continue }\n_ = f.Name()\n}`,
      'again f, err := os.Open(name)',
    ],
    'closes in each turn': [`for a {\n${OPEN}if err != nil { continue }\nf.Close()\n}`, 'none'],
    'a turn that goes on early': [
      `for {\n${OPEN}if err != nil { return err }\nif a { continue }\nf.Close()\n}`,
      'again f, err := os.Open(name)',
    ],
    'breaks out': [`for {\n${OPEN}if err != nil { return err }\nif a { break }\nf.Close()\n}`, 'return'],
    'closed after the loop': [`${CHECKED}for a { println(1) }\nf.Close()`, 'none'],
  },
  'where the value goes': {
    overwritten: [`${CHECKED}f = os.Stdin\n_ = f`, 'overwritten f = os.Stdin'],
    'overwritten after it was closed': [`${CHECKED}f.Close()\nf = os.Stdin\n_ = f`, 'none'],
    returned: [`f, _ := os.Open(name)\nsink = append(sink, f)\nreturn nil`, 'none'],
    'kept in a field': [`${CHECKED}s.f = f`, 'none', 'type S struct{ f *os.File }'],
    'kept on one way only': [`${CHECKED}if a { s.f = f }`, 'return', 'type S struct{ f *os.File }'],
    'passed to a function that closes': [`${CHECKED}done(f)`, 'none', 'func done(f *os.File) { f.Close() }'],
    'passed to a function that uses': [`${CHECKED}use(f)`, 'return', 'func use(f *os.File) { _ = f.Name() }'],
    'passed to code nobody sees': [`${CHECKED}assert.Unknown(f)`, 'none'],
    'its address is taken': [`${CHECKED}g(&f)`, 'none', 'func g(f **os.File) {}'],
    sent: [`${CHECKED}c := make(chan *os.File, 1)\nc <- f`, 'none'],
    'closed by a goroutine': [`${CHECKED}go func() { f.Close() }()`, 'none'],
    'used by a literal only': [`${CHECKED}g := func() { println(f.Name()) }\ng()`, 'return'],
  },
};

describe('paths on which nothing is released', () => {
  for (const [title, cases] of Object.entries(CASES))
    describe(title, () => {
      for (const [name, [body, expected, more = '']] of Object.entries(cases))
        it(name, async () =>
          assert.equal(await leak(body, more.includes('type S') ? more : `type S struct{}\n${more}`), expected),
        );
    });

  it('gives up quietly when there are too many ways', async () => {
    const conditions = Array.from(
      { length: 40 },
      (_, i) => `if s.a${i} { println(1) }\nif s.a${i} { println(2) }\n`,
    ).join('');
    const started = performance.now();
    assert.equal(await leak(`${CHECKED}${conditions}if a { f.Close() }`, 'type S struct{}'), 'none');
    assert.ok(performance.now() - started < 5000);
  });
});
