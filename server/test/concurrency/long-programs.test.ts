/** Programs that are too long to be followed to their end, and what happens while they end. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> =>
  toldLeaks(`package main\n\nimport (\n\t"context"\n\t"fmt"\n\t"sync"\n)\n\n${code}`);

/** A post office tells how a letter has fared; it stops at the first word. */
function office(lost: string): string {
  return `type letter struct {
	marks chan string
	told  chan string
}

func (l *letter) follow() {
	for m := range l.marks {
		switch m {
		case "lost":
			l.told <- "lost"
${lost}
		case "home":
			l.told <- "home"
			return
		}
	}
	l.told <- "unknown"
}

func send(marks ...string) string {
	l := &letter{marks: make(chan string, len(marks)), told: make(chan string)}
	for _, m := range marks {
		l.marks <- m
	}
	close(l.marks)
	go l.follow()
	return <-l.told
}

func main() {
	fmt.Println(send("stamped", "home"))
	fmt.Println(send("stamped"))
	fmt.Println(send("stamped", "lost"))
}
`;
}

/** A mill grinds; the watchman of a batch goes home when it is ground. */
function mill(bad: string): string {
  return `func grind(ctx context.Context, sacks int) int {
	ground := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
		case <-ground:
		}
	}()
	if sacks < 0 {
${bad}
		return 0
	}
	flour := 0
	for i := 0; i < sacks; i++ {
		flour += i
	}
	close(ground)
	return flour
}

func main() {
	ctx := context.Background()
	fmt.Println(grind(ctx, 3), grind(ctx, -1), grind(ctx, 500))
}
`;
}

/** Skaters take one of few pairs of skates, and write that down. */
function rink(take: string): string {
  return `type rink struct {
	skates chan struct{}
	mu     sync.Mutex
	worn   map[string]int
}

func (r *rink) take(name string) {
${take}
	r.worn[name]++
}

func (r *rink) giveBack(name string) {
	r.mu.Lock()
	r.worn[name]--
	r.mu.Unlock()
	<-r.skates
}

func main() {
	r := &rink{skates: make(chan struct{}, 2), worn: make(map[string]int)}
	var skaters sync.WaitGroup
	for _, name := range []string{"ada", "bo", "cy", "di"} {
		skaters.Add(1)
		go func() {
			defer skaters.Done()
			for i := 0; i < 30; i++ {
				r.take(name)
				r.giveBack(name)
			}
		}()
	}
	skaters.Wait()
}
`;
}

describe('concurrency: long programs', () => {
  it('goroutines go on while main comes to its end', async () => {
    const told = ['unknown', 'lost', 'home'];
    deepStrictEqual(
      await found(office('')),
      told.map((word) => `producer-outlives-consumer l.told <- "${word}"`),
    );
    deepStrictEqual(await found(office('\t\t\treturn')), []);
  });

  it('what is left behind before a long loop is told', async () => {
    deepStrictEqual(await found(mill('')), ['receive-without-sender select {']);
    deepStrictEqual(await found(mill('\t\tclose(ground)')), []);
  });

  it('goroutines that take turns meet soon, however many turns each of them has', async () => {
    const lock = '\tr.mu.Lock()\n\tdefer r.mu.Unlock()';
    const place = '\tr.skates <- struct{}{}';
    deepStrictEqual(await found(rink(`${lock}\n${place}`)), ['blocking-under-lock r.skates <- struct{}{}']);
    deepStrictEqual(await found(rink(`${place}\n${lock}`)), []);
  });
});
