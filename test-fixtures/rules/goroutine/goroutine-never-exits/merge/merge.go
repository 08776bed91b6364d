package merge

// Both channels are set to nil when they are closed, and then nothing is left to wait for.
func merged(a, b <-chan int) <-chan int {
	out := make(chan int)
	go func() { // want "goroutine-never-exits"
		defer close(out)
		for { // until both have ended
			select {
			case v, ok := <-a:
				if !ok {
					a = nil
					continue
				}
				out <- v
			case v, ok := <-b:
				if !ok {
					b = nil
					continue
				}
				out <- v
			}
		}
	}()
	return out
}

func numbers(values ...int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, v := range values {
			out <- v
		}
	}()
	return out
}

func sum() {
	total := 0
	for v := range merged(numbers(1, 2), numbers(3)) {
		total += v
	}
	println(total)
}
