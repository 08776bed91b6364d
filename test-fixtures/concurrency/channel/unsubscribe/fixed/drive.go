package fixed

// Drive replaces a listener and ends the new one.
func Drive() {
	h := NewHub[int]()
	h.Listen("audit", func(int) {})
	h.Emit(1)
	h.Listen("audit", func(int) {})
	h.Emit(2)
	h.Shutdown()
}
