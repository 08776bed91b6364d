package apart

// Nobody tells the one who adds up that there are no more.
func showAll(numbers <-chan int, show func(int)) {
	for n := range numbers { // want "never-closed-range"
		show(n)
	}
}
