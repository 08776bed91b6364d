package waitgroupmissingdone

import "sync"

type shard struct {
	id      int
	retired bool
}

// All are counted, but some are left out.
func flush(shards []shard, write func(int) error) []error {
	var wg sync.WaitGroup
	errs := make([]error, len(shards))
	// Each shard by itself.
	wg.Add(len(shards))
	for i, s := range shards {
		if s.retired {
			continue
		}
		go func() {
			defer wg.Done()
			errs[i] = write(s.id)
		}()
	}
	wg.Wait() // want "waitgroup-missing-done"
	return errs
}

// Two goroutines are started in each turn: what is to be counted where is not clear.
func flushTwice(shards []shard, write, check func(int) error) {
	var wg sync.WaitGroup
	wg.Add(2 * len(shards))
	for _, s := range shards {
		if s.retired {
			continue
		}
		go func() {
			defer wg.Done()
			_ = write(s.id)
		}()
		go func() {
			defer wg.Done()
			_ = check(s.id)
		}()
	}
	wg.Wait() // want "waitgroup-missing-done"
}
