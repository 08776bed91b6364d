package fixed

// Drive runs the program.
func Drive() {
	Run()
}
