package leaky

// Drive runs the program.
func Drive() {
	Run()
}
