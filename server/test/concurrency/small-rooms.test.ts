/** Buffers of a constant size with more room than is filled step by step. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> =>
  toldLeaks(
    `package p\n\nimport (\n\t"errors"\n\t"io/fs"\n\t"path/filepath"\n)\n\nvar errOdd = errors.New("odd")\n\n${code}`,
  );

/** Somebody who takes numbers until one is odd. */
const TAKER = `
func check(numbers []int) error {
	for n := range list(numbers) {
		if n%2 != 0 {
			return errOdd
		}
	}
	return nil
}

var _ = fs.ModeDir
var _ = filepath.Separator
`;

const list = (body: string, room = '16'): string => `func list(numbers []int) <-chan int {
	out := make(chan int, ${room})
	go func() {
		defer close(out)
${body}
	}()
	return out
}
${TAKER}`;

describe('large buffers', () => {
  it('are full in the end where any number is sent', async () => {
    deepStrictEqual(await found(list('		for _, n := range numbers {\n			out <- n\n		}')), [
      'producer-outlives-consumer out <- n',
    ]);
  });

  it('are full in the end where a walk sends what it finds', async () => {
    const walk = `		filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			out <- len(path)
			return nil
		})`;
    deepStrictEqual(await found(list(walk)), ['producer-outlives-consumer out <- len(path)']);
  });

  it('have room for as many as a constant says', async () => {
    deepStrictEqual(await found(list('		for n := 0; n < 10; n++ {\n			out <- n\n		}')), []);
  });

  it('are full in the end where a call gives the constant, and have room where it gives a length', async () => {
    const made = (room: string): string => `func list(numbers []int) <-chan int {
	out := roomFor(${room})
	go func() {
		defer close(out)
		for _, n := range numbers {
			out <- n
		}
	}()
	return out
}

func roomFor(n int) chan int { return make(chan int, n) }
${TAKER}`;
    deepStrictEqual(await found(made('64')), ['producer-outlives-consumer out <- n']);
    deepStrictEqual(await found(made('len(numbers)')), []);
  });

  it('have room for all where they are made for them', async () => {
    deepStrictEqual(await found(list('		for _, n := range numbers {\n			out <- n\n		}', 'len(numbers)')), []);
  });

  it('may have room for as many as are let through', async () => {
    const few = '		if len(numbers) > 10 {\n			numbers = numbers[:10]\n		}\n';
    deepStrictEqual(await found(list(`${few}		for _, n := range numbers {\n			out <- n\n		}`)), []);
  });
});
