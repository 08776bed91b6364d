package fixed

import "io"

// Drive prints a receipt of which nobody wants a copy.
func Drive() {
	p := NewPrinter(io.Discard, Options{Room: 2})
	p.Print("1 coffee")
	p.Close()
}
