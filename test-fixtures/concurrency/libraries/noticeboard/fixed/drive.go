package fixed

// Drive reads for a while.
func Drive() {
	b := NewBoard()
	r := NewReader(b)
	b.Pin("closed on monday")
	r.Close()
	b.Pin("open on tuesday")
	_ = r.Seen()
}
