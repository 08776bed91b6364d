package fixed

import "fmt"

// Drive looks for a word that all of three logs will contain.
func Drive() {
	endless := func(name string) func() string {
		count := 0
		return func() string {
			count++
			return fmt.Sprintf("%s: request %d\n", name, count)
		}
	}
	Find("request 5", endless("front"), endless("api"), endless("db"))
}
