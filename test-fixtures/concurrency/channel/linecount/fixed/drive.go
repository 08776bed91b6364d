package fixed

// Drive counts errors in two logs.
func Drive() {
	f := NewFollower(
		&SliceSource{Lines: []string{"error: no route", "ok"}},
		&SliceSource{Lines: []string{"ok", "ok", "error: timeout"}},
	)
	f.Count("error")
}
