package fixed

// Drive reads through a primary that refuses.
func Drive() {
	r := &Reader{Primary: &MemReplica{Fenced: true}, Secondary: &MemReplica{Data: map[string]string{"k": "v"}}}
	_, _ = r.Read("k")
}
