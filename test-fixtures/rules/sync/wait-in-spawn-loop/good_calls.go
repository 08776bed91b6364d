package waitinspawnloop

func (s *sweep) runBehind(pages []string) {
	for _, page := range pages {
		s.begin(page)
	}
	s.open.Wait()
}

// A batch at a time.
func (s *sweep) runBatches(batches [][]string) {
	for _, batch := range batches {
		for _, page := range batch {
			s.begin(page)
		}
		s.open.Wait()
	}
}

// Two at a time.
func (s *sweep) runPairs(pages []string) {
	for i := 0; i+1 < len(pages); i += 2 {
		s.begin(pages[i])
		s.begin(pages[i+1])
		s.open.Wait()
	}
}

// There is work beside the goroutine.
func (s *sweep) runBeside(pages []string) {
	for _, page := range pages {
		s.begin(page)
		fetch(page)
		s.open.Wait()
	}
}

// The next turn depends on what this one has brought.
func (s *sweep) runUntil(pages []string) {
	for _, page := range pages {
		s.begin(page)
		s.open.Wait()
		if len(s.done) > 0 {
			return
		}
	}
}

// It starts one for each part of the page.
func (s *sweep) beginParts(page string) {
	for _, part := range []string{"head", "body"} {
		s.open.Go(func() { fetch(page + part) })
	}
}

func (s *sweep) runParts(pages []string) {
	for _, page := range pages {
		s.beginParts(page)
		s.open.Wait()
	}
}

// The same again each time.
func (s *sweep) again() {
	s.open.Go(func() { fetch("again") })
}

func (s *sweep) runAgain() {
	for {
		s.again()
		s.open.Wait()
	}
}
