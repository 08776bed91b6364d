/** Checks that hold for every AST, and a Go source generator for property tests. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Decl } from '../../src/syntax/ast.ts';

interface Spanned {
  kind: string;
  start: number;
  end: number;
}

function isSpanned(value: unknown): value is Spanned {
  return typeof value === 'object' && value !== null && 'kind' in value && 'start' in value && 'end' in value;
}

/** Every node lies within the text, `start <= end`, and (unless the source was broken) within its parent. */
export function assertWellFormed(decl: Decl, text: string, hasError: boolean): void {
  const visit = (node: Spanned, low: number, high: number): void => {
    const where = `${node.kind} ${node.start}-${node.end} in ${low}-${high} of ${JSON.stringify(text.slice(0, 200))}`;
    assert.ok(Number.isInteger(node.start) && Number.isInteger(node.end), where);
    assert.ok(node.start <= node.end && node.start >= 0 && node.end <= text.length + 1, where);
    if (!hasError) assert.ok(node.start >= low && node.end <= high, where);
    const children: unknown[] = Object.values(node);
    while (children.length) {
      const child = children.pop();
      if (Array.isArray(child)) children.push(...(child as unknown[]));
      else if (isSpanned(child)) visit(child, node.start, node.end);
      else if (typeof child === 'object' && child !== null) children.push(...(Object.values(child) as unknown[]));
    }
  };
  visit(decl, 0, text.length);
}

/** Declarations with most constructs of the language: what property tests mangle. */
export const DECLARATIONS: readonly string[] = [
  `func (s *Server[K, V]) Run(ctx context.Context, jobs <-chan func() error, opts ...Option) (n int, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	results := make(chan result[int], len(s.items))
loop:
	for i, item := range s.items {
		go func(it *Item) {
			defer wg.Done()
			select {
			case results <- result[int]{value: it.Value, "naïve 😀": {1, 2}}:
			case v, ok := <-it.C:
				_ = v.(fmt.Stringer)
			case <-ctx.Done(): // comment
				return
			default:
			}
		}(item)
		if x, err := f(i); err != nil && x > 1<<3 {
			break loop
		} else if x == 0 {
			continue
		} else {
			goto end
		}
	}
	switch v := any(x).(type) {
	case nil, *int:
		fallthrough_()
	case []string, map[string]chan<- int:
		n++
	default:
	}
	switch y := 2; y {
	case 1, 2:
		fallthrough
	default:
		s.mu.Lock()
	}
	for range 10 { a[1:2:3] = \`raw
func x\` }
	for ;; { ch <- <-other }
end:
	return n, errors.New("x\\"y")
}`,
  `type (
	A = map[string][]*B
	C[T ~int | ~string, U any] struct {
		*D
		E.F \`json:"x"\`
		a, b func(int, ...string) (C[T, U], error)
	}
	I interface {
		M(x int) error
		fmt.Stringer
		~int | string
	}
)`,
  `var (
	x, y = 1, 'a'
	z [N]int = [...]int{1: 2}
	w = func() { p := new(T); *p = T{} }
)`,
  `const (\r
	A = iota + 0x1p-2\r
	B\r
	C, D string = "é", "\\u00e9"\r
)`,
  'func f(int, ...error) <-chan struct{}',
];

const FRAGMENTS = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '`',
  '"',
  "'",
  '/*',
  '*/',
  '//',
  '\n',
  '\r\n',
  ';',
  ',',
  ':',
  ':=',
  '<-',
  '.',
  ' ',
].concat([
  'func ',
  'go ',
  'select {',
  'case ',
  'x',
  '1',
  'é',
  '😀',
  '\0',
  '\ud83d',
  'if x {',
  'return',
  'new(1)',
  'type T ',
]);

export interface Change {
  at: number;
  remove: number;
  insert: string;
}

/** One random edit; `at` and `remove` are fractions of the text, as numbers up to 1. */
export const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(
    fc.constant(0),
    fc.double({ min: 0, max: 0.05, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  insert: fc.oneof(
    fc.constant(''),
    fc.constantFrom(...FRAGMENTS),
    fc.constantFrom(...DECLARATIONS),
    fc.string({ maxLength: 8, unit: 'binary' }),
  ),
});

export function applyChange(text: string, { at, remove, insert }: Change): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + insert + text.slice(start + Math.floor(remove * (text.length - start)));
}
