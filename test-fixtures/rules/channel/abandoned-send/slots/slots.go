package slots

import "sync"

// What limits how many go on at once is not handed back where something goes wrong.
func checkLinks(links []string, head func(string) (int, error)) (broken []string) {
	slots := make(chan struct{}, 2)
	var mu sync.Mutex
	var wg sync.WaitGroup
	report := func(link string) {
		mu.Lock()
		defer mu.Unlock()
		broken = append(broken, link)
	}
	check := func(link string) {
		defer wg.Done()
		status, err := head(link)
		if err != nil {
			report(link)
			return
		}
		if status >= 400 {
			report(link)
		}
		<-slots
	}
	for _, link := range links {
		slots <- struct{}{} // want "abandoned-send"
		wg.Add(1)
		go check(link)
	}
	wg.Wait()
	return broken
}
