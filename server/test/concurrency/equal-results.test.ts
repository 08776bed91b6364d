/** Functions that compute with nothing but their arguments give the same for the same: what they decide goes one way. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

/** A function waits for a label unless two slugs differ, which `slug` makes of titles. */
const waiting = (slug: string, condition: string): string => `package p

import (
	"hash/fnv"
	"os"
	"strings"
)

const width = 12

var host, _ = os.Hostname()

${slug}

func clean(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > width {
		s = s[:width]
	}
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", " ")
	}
	return s
}

func print(title, other string) {
	first := slug(title)
	second := slug(title)
	third := slug(other)
	_ = third
	labels := make(chan string)
	if ${condition} {
		go func() { labels <- first }()
	}
	<-labels
}
`;

const PURE = `func slug(title string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(clean(title)))
	n := h.Sum32() % 97
	if n == 0 {
		return "none"
	}
	return strings.ToLower(clean(title)) + string(rune('a'+n%26))
}`;

const OF_HOST = `func slug(title string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(clean(title) + host))
	n := h.Sum32() % 97
	if n == 0 {
		return host
	}
	return title + string(rune('a'+n%26))
}`;

const BLOCKED = ['receive-without-sender <-labels'];

describe('results of functions that are not followed', () => {
  it('are the same for the same arguments', async () => {
    deepStrictEqual(await toldLeaks(waiting(PURE, 'first == second')), []);
    deepStrictEqual(await toldLeaks(waiting(PURE, 'first != second')), BLOCKED);
  });

  it('are not the same for others', async () => {
    deepStrictEqual(await toldLeaks(waiting(PURE, 'first != third')), []);
    deepStrictEqual(await toldLeaks(waiting(PURE, 'first == third')), BLOCKED);
  });

  it('may change where a function looks at a variable of the package', async () => {
    deepStrictEqual(await toldLeaks(waiting(OF_HOST, 'first == second')), BLOCKED);
  });
});
