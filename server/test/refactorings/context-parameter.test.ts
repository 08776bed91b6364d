import { check } from './support.ts';

const ID = 'add-context-parameter';

describe('refactoring: context parameter', () => {
  it('comes first, and callers pass what they have', () => {
    check(
      ID,
      `package p

import (
	"context"
	"net/http"
)

func ¦fetch(url string, n int) error {
	if n > 0 {
		return fetch(url, n-1)
	}
	return nil
}

func one(ctx context.Context) error {
	return fetch("a", 1)
}

func two(w http.ResponseWriter, r *http.Request) {
	_ = fetch(
		"b",
		2,
	)
}

func three() {
	go fetch("c", 3)
}
`,
      `package p

import (
	"context"
	"net/http"
)

func fetch(ctx context.Context, url string, n int) error {
	if n > 0 {
		return fetch(ctx, url, n-1)
	}
	return nil
}

func one(ctx context.Context) error {
	return fetch(ctx, "a", 1)
}

func two(w http.ResponseWriter, r *http.Request) {
	_ = fetch(
		r.Context(), "b",
		2,
	)
}

func three() {
	go fetch(context.TODO(), "c", 3)
}
`,
    );
  });

  it('imports the package, and works for methods without parameters', () => {
    check(
      ID,
      `package p

type server struct{ n int }

func (s *server) ¦poll() { s.n++ }

func (s *server) run() {
	s.poll()
}
`,
      `package p

import "context"

type server struct{ n int }

func (s *server) poll(ctx context.Context) { s.n++ }

func (s *server) run() {
	s.poll(context.TODO())
}
`,
    );
  });

  it('is not offered where callers may be elsewhere, or the name is taken', () => {
    const code = (text: string): string => `package p\n\nimport "context"\n\nvar _ context.Context\n\n${text}\n`;
    for (const text of [
      'func ¦Fetch(url string) {}',
      'func ¦main() {}',
      'func ¦fetch(ctx context.Context) {}',
      'func ¦fetch(string, int) {}',
      'func ¦fetch(url string) {}\n\nvar f = fetch',
      'func ¦fetch(url string) { ctx := 1; _ = ctx }',
      'func fetch(url string) { ¦println(url) }',
      'type t struct{}\n\nfunc (t) ¦fetch(url string) {}\n\ntype fetcher interface {\n\tfetch(url string)\n}',
      'func ¦fetch(url string, n int) {}\n\nfunc two() (string, int)\n\nfunc f() { fetch(two()) }',
      'func ¦fetch(a, b int) {}\n\nfunc two() (int, int)\n\nfunc f() { fetch(two()) }',
      '//export fetch\nfunc ¦fetch(url string) {}',
      'type t struct{}\n\nfunc (t) ¦Fetch(url string) {}\n\nfunc main() {}',
      'func ¦fetch(_ context.Context, url string) {}',
      'func ¦fetch(urls ...string) {}\n\nfunc f(urls []string) { fetch(urls...) }',
    ])
      check(ID, code(text).replace('package p', text.includes('main') ? 'package main' : 'package p'), undefined);
  });
});
