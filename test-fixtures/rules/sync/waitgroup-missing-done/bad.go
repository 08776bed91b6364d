package waitgroupmissingdone

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

func pingAll(hosts []string, ping func(string) error) {
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Add(1)
		go func() {
			if err := ping(host); err != nil {
				fmt.Println(host, err)
				return
			}
			fmt.Println(host, "ok")
			wg.Done()
		}()
	}
	wg.Wait() // want "waitgroup-missing-done: `wg.Wait\\(\\)` blocks for ever when the goroutine of line 14 returns on line 17 without `wg.Done\\(\\)`"
}

func loadAll(ctx context.Context, names []string, load func(context.Context, string) error) {
	var wg sync.WaitGroup
	wg.Add(len(names))
	for _, name := range names {
		go func(name string) {
			select {
			case <-ctx.Done():
				return
			default:
			}
			defer wg.Done()
			_ = load(ctx, name)
		}(name)
	}
	wg.Wait() // want "the goroutine of line 30 returns on line 33 without `wg.Done\\(\\)`"
}

func conditional(parts []string, send func(string) bool) {
	wg := new(sync.WaitGroup)
	for _, part := range parts {
		wg.Add(1)
		go func() {
			if send(part) {
				wg.Done()
			}
		}()
	}
	wg.Wait() // want "blocks for ever when the goroutine of line 47 ends on line 51 without `wg.Done\\(\\)`"
}

func passed(files []string, parse func(string) error) {
	var wg sync.WaitGroup
	for _, f := range files {
		wg.Add(1)
		go parseFile(f, parse, &wg)
	}
	wg.Wait() // want "the goroutine of line 60 returns on line 68 without `wg.Done\\(\\)`"
}

func parseFile(name string, parse func(string) error, group *sync.WaitGroup) {
	if err := parse(name); err != nil {
		fmt.Println(name, err)
		return
	}
	group.Done()
}

type service struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

func (s *service) start(connect func() error) {
	s.wg.Add(1)
	go func() {
		if connect() != nil {
			return // want "the goroutine returns on line 82 without `s.wg.Done\\(\\)`"
		}
		<-s.quit
		s.wg.Done()
	}()
}

func (s *service) stop() {
	close(s.quit)
	s.wg.Wait()
}

func never(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			job()
		}()
	}
	wg.Wait() // want "`wg.Wait\\(\\)` blocks for ever: the goroutine of line 98 is counted, but nobody ever calls `wg.Done\\(\\)`"
}

func byKind(kinds []int, run func(int)) {
	var wg sync.WaitGroup
	for _, kind := range kinds {
		wg.Add(1)
		go func() {
			switch kind {
			case 1:
				run(1)
				wg.Done()
			case 2:
				run(2)
			default:
				wg.Done()
			}
		}()
	}
	wg.Wait() // want "the goroutine of line 109 ends on line 119 without `wg.Done\\(\\)`"
}

var errStop = errors.New("stop")

func guarded(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Println("job failed:", r)
				}
			}()
			job()
			wg.Done() // want "a panic that is recovered on line 131 skips this `wg.Done\\(\\)`"
		}()
	}
	wg.Wait()
}

func copyBoth(up, down func()) {
	var wg sync.WaitGroup
	wg.Add(3)
	go func() {
		defer wg.Done()
		up()
	}()
	go func() {
		defer wg.Done()
		down()
	}()
	wg.Wait() // want "`wg` is counted up by 3 in all but counted down at most 2 time\\(s\\)"
}

func (s *service) restart(dial func() (func(), error)) error {
	s.wg.Add(1)
	serve, err := dial()
	if err != nil {
		return err // want "returns here without having started the goroutine on line 163 that `s.wg` counts since line 158"
	}
	go func() {
		defer s.wg.Done()
		serve()
	}()
	return nil
}
