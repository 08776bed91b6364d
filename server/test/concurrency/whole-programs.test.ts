/** What exploring tests finds, which are there as a whole. */
import { deepStrictEqual, ok } from 'node:assert';
import { modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';
import { WHOLE_PROGRAMS } from './whole-program-shapes.ts';

const HEADER = `package p

import (
	"bufio"
	"container/heap"
	"container/list"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

`;

/** Rules of leaks by line. */
async function told(code: string): Promise<Map<number, string[]>> {
  const { analysis, pkg } = await packageOf({ 'a_test.go': HEADER + code });
  const [file] = pkg.files;
  ok(file);
  const found = new Map<number, string[]>();
  for (const { rule, site } of modelOf(analysis).leaks(pkg, file)) {
    const line = site.unit.file.lines.position(site.unit.base + site.node.start).line + 1;
    found.set(line, [...(found.get(line) ?? []), rule]);
  }
  return found;
}

/** Rules that may be reported, by line. */
function wanted(code: string): Map<number, string[]> {
  return new Map(
    (HEADER + code).split('\n').flatMap((text, n) => {
      const mark = /\/\/ leak: ([\w|-]+)$/.exec(text);
      return mark ? [[n + 1, (mark[1] as string).split('|')] as const] : [];
    }),
  );
}

describe('concurrency model of tests', () => {
  for (const { title, leaky, fixed } of WHOLE_PROGRAMS)
    it(title, async () => {
      const [found, want] = [await told(leaky), wanted(leaky)];
      deepStrictEqual([...found.keys()], [...want.keys()]);
      for (const [line, rules] of found) for (const rule of rules) ok(want.get(line)?.includes(rule), rule);
      deepStrictEqual([...(await told(fixed))], []);
    });
});
