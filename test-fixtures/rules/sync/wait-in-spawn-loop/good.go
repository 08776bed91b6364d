package waitinspawnloop

import "sync"

func behind(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(url)
		}()
	}
	wg.Wait()
}

// A batch: the inner loop starts several.
func innerLoop(batches [][]string) {
	var wg sync.WaitGroup
	for _, batch := range batches {
		for _, url := range batch {
			wg.Add(1)
			go func() {
				defer wg.Done()
				fetch(url)
			}()
		}
		wg.Wait()
	}
}

func everyTenth(urls []string) {
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(url)
		}()
		if i%10 == 9 || i == len(urls)-1 {
			wg.Wait()
		}
	}
}

func ownGroup(urls []string) {
	for _, url := range urls {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(url)
		}()
		wg.Wait()
	}
}

func pairs(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(url)
		}()
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(url + ".sig")
		}()
		wg.Wait()
	}
}

// The loop works beside the goroutine.
func beside(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(url)
		}()
		fetch(url + ".sig")
		wg.Wait()
	}
}

// What is waited for are the workers of the goroutine.
func startsOthers(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, suffix := range []string{".sig", ".txt"} {
				wg.Add(1)
				go func() {
					defer wg.Done()
					fetch(url + suffix)
				}()
			}
		}()
		wg.Wait()
	}
}

// A new group for each turn, in a variable that outlives them.
func replaced(urls []string) {
	var wg *sync.WaitGroup
	for _, url := range urls {
		wg = new(sync.WaitGroup)
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(url)
		}()
		wg.Wait()
	}
}

func twoAtOnce(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(2)
		go fetchFor(&wg, url)
		fetchFor(&wg, url+".sig")
		wg.Wait()
	}
}

// Another group counts the goroutine.
func otherGroup(urls []string, before *sync.WaitGroup) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fetch(url)
		}()
		before.Wait()
	}
	wg.Wait()
}

// A supervisor starts its one goroutine again.
func restart(run func()) {
	var wg sync.WaitGroup
	for {
		wg.Add(1)
		go func() {
			defer wg.Done()
			run()
		}()
		wg.Wait()
	}
}

// Whether there is a next turn depends on this one.
func retry(urls []string, ok func() bool) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go fetchFor(&wg, url)
		wg.Wait()
		if ok() {
			break
		}
	}
}

// All members are started before the loop that waits.
func startedBefore(urls []string) {
	var wg sync.WaitGroup
	wg.Add(len(urls))
	for _, url := range urls {
		go fetchFor(&wg, url)
	}
	for _, url := range urls {
		go fetch(url)
		wg.Wait()
	}
}

// The loop counts down for the turns that are to come.
func skipsDone(urls []string) {
	var wg sync.WaitGroup
	wg.Add(len(urls))
	for _, url := range urls {
		if url == "" {
			wg.Done()
		}
		go fetchFor(&wg, url)
		wg.Wait()
	}
}

// There is one turn.
func oneTurn(urls []string) {
	var wg sync.WaitGroup
	wg.Add(len(urls))
	for {
		for _, url := range urls {
			go fetchFor(&wg, url)
		}
		wg.Wait()
		break
	}
}

// Each turn tries all of them.
func tryAll(urls []string, ok func() bool) {
	var wg sync.WaitGroup
	wg.Add(len(urls))
	for attempt := 0; attempt < 3; attempt++ {
		for _, url := range urls {
			go fetchFor(&wg, url)
		}
		wg.Wait()
		if ok() {
			break
		}
		wg.Add(len(urls))
	}
}

func tryAllOnce(urls []string) {
	var wg sync.WaitGroup
	wg.Add(len(urls))
	for attempt := 0; attempt < 1; attempt++ {
		for _, url := range urls {
			go fetchFor(&wg, url)
		}
		wg.Wait()
	}
}
