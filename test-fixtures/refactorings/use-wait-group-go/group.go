package usewaitgroupgo

import "sync"

func all(items []string, do func(string, int)) {
	var wg sync.WaitGroup
	for i := 0; i < len(items); i++ {
		// One for each.
		wg.Add(1) // refactor
		go func(s string, i int) {
			defer wg.Done()
			do(s, i)
		}(items[i], i)
	}
	limit := len(items)
	wg.Add(1) // refactor
	go func(limit int, bound any) {
		defer wg.Done()
		do("", limit)
		_ = bound
	}(limit, limit)
	wg.Wait()
}

func none(items []string, do func(string)) {
	var wg sync.WaitGroup
	item := items[0]
	wg.Add(1) // not offered
	go func(item string) {
		defer wg.Done()
		do(item)
	}(item)
	item = items[1]
	wg.Wait()
}
