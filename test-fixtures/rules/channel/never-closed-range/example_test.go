package neverclosedrange

import "fmt"

func readings(out chan<- int) {
	for n := range 3 {
		out <- n
	}
}

// Nobody runs an example that does not say what it prints: it shows how things are put together.
func Example_toRead() {
	out := make(chan int)
	go readings(out)
	for n := range out { // want hint "never-closed-range"
		fmt.Println(n)
	}
}

func Example_toRun() {
	out := make(chan int)
	go readings(out)
	for n := range out { // want "never-closed-range"
		fmt.Println(n)
	}
	// Output: 0
}
