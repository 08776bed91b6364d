package library

import "time"

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// An error ends it, with the whole program.
func copyLines(next func() (string, error), show func(string)) {
	go func() {
		for {
			line, err := next()
			must(err)
			show(line)
			time.Sleep(time.Millisecond)
		}
	}()
}
