/** What clients of a type may do: they have a value only where its constructor has not failed. */
import { deepStrictEqual } from 'node:assert';
import { modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';

const GATHERER = `package p

import (
	"errors"
	"sync"
)

type source interface{ update(ch chan<- int) error }

type Gatherer struct {
	Sources map[string]source
	left    int
}

func New(options ...func(*Gatherer) error) (*Gatherer, error) {
	g := &Gatherer{left: 1}
	for _, o := range options {
		if err := o(g); err != nil {
			return nil, err
		}
	}
	return g, nil
}

var errNothing = errors.New("nothing")

func (g Gatherer) Gather(ch chan<- int) {
	var wg sync.WaitGroup
	wg.Add(len(g.Sources))
	for _, s := range g.Sources {
		go func() {
			if err := s.update(ch); err == errNothing {
				println("nothing")
			}
			ch <- 1
			wg.Done()
		}()
	}
	wg.Wait()
}
`;

async function rulesIn(text: string): Promise<string[]> {
  const { analysis, pkg } = await packageOf({ 'a.go': text });
  const [file] = pkg.files;
  return file
    ? modelOf(analysis)
        .leaks(pkg, file)
        .map(({ rule }) => rule)
    : [];
}

describe('clients of a type', () => {
  it('do not go on with nil', async () => deepStrictEqual(await rulesIn(GATHERER), []));

  it('see what is wrong with a value', async () =>
    deepStrictEqual(await rulesIn(GATHERER.replace('wg.Add(len(g.Sources))', 'wg.Add(len(g.Sources) + 1)')), [
      'waitgroup-missing-done',
    ]));
});
