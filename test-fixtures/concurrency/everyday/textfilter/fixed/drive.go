package fixed

// Drive applies two filters.
func Drive() {
	Apply("some text\n\nof three lines", NoBlanks, Upper)
}
