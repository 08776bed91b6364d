package neverclosedrange

// The goroutine that sends is in the function that gives the channel away.
func halves(in []int) <-chan int {
	out := make(chan int)
	go func() {
		for _, n := range in {
			if n%2 == 0 {
				out <- n / 2
			}
		}
	}()
	return out
}

func sumOfHalves() (sum int) {
	for h := range halves([]int{2, 3, 4}) { // want "never-closed-range"
		sum += h
	}
	return sum
}

// A method that is started as a goroutine sends on a field.
type reader struct {
	lines chan string
}

func (r *reader) read(texts []string) {
	for _, t := range texts {
		r.lines <- t
	}
}

func readAll() (all []string) {
	r := &reader{lines: make(chan string)}
	go r.read([]string{"a", "b"})
	for line := range r.lines { // want "never-closed-range"
		all = append(all, line)
	}
	return all
}

// Each value that comes back starts a goroutine: none of them knows whether it is the last to send.
type retries struct {
	again chan int
}

func newRetries() *retries {
	r := &retries{again: make(chan int, 4)}
	go r.run()
	return r
}

func (r *retries) run() {
	for n := range r.again { // want "never-closed-range"
		if n > 0 {
			r.queue(n - 1)
		}
	}
}

func (r *retries) queue(n int) {
	go func() {
		r.again <- n
	}()
}

func (r *retries) Add(n int) {
	r.queue(n)
}
