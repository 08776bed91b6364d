package fixed

// Drive reads a page after a write that did not fit.
func Drive() {
	p := NewPool()
	_ = p.Write(1, 0, []byte("head"))
	_ = p.Write(1, pageSize-2, []byte("tail"))
	p.Read(1)
}
