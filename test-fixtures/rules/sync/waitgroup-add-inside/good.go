package waitgroupaddinside

import "sync"

func countedOutside(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
}

// The outer count holds Wait back while the goroutine adds for those it starts.
func tree(depth int, visit func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for range depth {
			wg.Add(1)
			go func() {
				defer wg.Done()
				visit()
			}()
		}
	}()
	wg.Wait()
}

// Add and Wait are in the same goroutine.
func dispatcher(jobs <-chan func(), done chan<- struct{}) {
	go func() {
		var wg sync.WaitGroup
		for job := range jobs {
			wg.Add(1)
			go func() {
				defer wg.Done()
				job()
			}()
		}
		wg.Wait()
		close(done)
	}()
}

// The goroutine says that it has begun.
func announced(job func()) {
	var wg sync.WaitGroup
	started := make(chan struct{})
	go func() {
		if job == nil {
			job = func() {}
		}
		wg.Add(1)
		defer wg.Done()
		close(started)
		job()
	}()
	<-started
	wg.Wait()
}

// A group of its own, made and waited for inside.
func own(batches [][]func()) {
	for _, batch := range batches {
		go func() {
			var wg sync.WaitGroup
			for _, job := range batch {
				wg.Add(1)
				go func() {
					defer wg.Done()
					job()
				}()
			}
			wg.Wait()
		}()
	}
}

// It counts what others finish, not itself.
func feeder(items []int, out chan<- func()) {
	var pending sync.WaitGroup
	begin := make(chan struct{})
	go func() {
		for range items {
			pending.Add(1)
			out <- pending.Done
		}
		close(begin)
	}()
	<-begin
	pending.Wait()
}

type tally struct{ n int }

func (t *tally) Add(n int) { t.n += n }
func (t *tally) Done()     { t.n-- }
func (t *tally) Wait()     {}

func notAGroup(t *tally) {
	go func() {
		t.Add(1)
		defer t.Done()
	}()
	t.Wait()
}

type link struct{ workers sync.WaitGroup }

// Wait waits for the workers that were there before.
func (l *link) lost(read func()) {
	l.workers.Wait()
	go l.connect(read)
}

func (l *link) connect(read func()) {
	l.workers.Add(1)
	defer l.workers.Done()
	read()
}
