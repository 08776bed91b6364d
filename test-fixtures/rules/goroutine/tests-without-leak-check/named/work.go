package named

// leaky names nothing that checks.
var leaky = 1

// Double doubles what comes.
func Double(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for v := range in {
			out <- 2 * v
		}
	}()
	return out
}
