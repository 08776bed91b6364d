package fixed

// Drive validates an upload with two bad parts.
func Drive() {
	limits := Limits{MinSize: 5, MaxSize: 100}
	_ = limits.Validate([]Part{{1, 50}, {2, 101}, {3, 1}})
}
