/** What programs compute is known where they are there as a whole: conditions on it go one way. */
import { deepStrictEqual } from 'node:assert';
import { modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';
import { TRUE_EXPRESSIONS, TYPES } from './computed-expressions.ts';

const PACKAGES = [
  'bufio',
  'bytes',
  'cmp',
  'container/list',
  'context',
  'errors',
  'fmt',
  'iter',
  'maps',
  'math',
  'slices',
  'sort',
  'strconv',
  'strings',
  'sync',
  'sync/atomic',
  'time',
];

/** Whether a goroutine is left behind by a program that receives from it unless a condition holds. */
async function leaksIf(condition: string): Promise<boolean> {
  const { analysis, pkg } = await packageOf({
    'main.go': `package main

import (
${PACKAGES.map((path) => `\t"${path}"`).join('\n')}
)

${TYPES}

func main() {
	ch := make(chan int)
	go func() { ch <- 1 }()
	if !(${condition}) {
		<-ch
	}
	time.Sleep(10 * time.Millisecond)
}
`,
  });
  const [file] = pkg.files;
  return file !== undefined && modelOf(analysis).leaks(pkg, file).length > 0;
}

describe('concurrency model of programs: what is computed', () => {
  for (const expression of TRUE_EXPRESSIONS)
    it(expression, async () =>
      deepStrictEqual([await leaksIf(expression), await leaksIf(`!(${expression})`)], [true, false]),
    );
});
