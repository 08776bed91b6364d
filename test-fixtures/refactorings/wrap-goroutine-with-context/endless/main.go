package main

import "time"

// Nothing that main defers ever runs.
func main() {
	go func() { // not offered
		for {
			time.Sleep(time.Minute)
		}
	}()
	for {
		time.Sleep(time.Second)
	}
}
