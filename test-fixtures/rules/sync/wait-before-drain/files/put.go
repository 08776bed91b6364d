package files

func put(out chan<- int, measure func() int) {
	out <- measure()
}
