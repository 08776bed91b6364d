package apart

// Clock is a type of its own file.
type Clock struct {
	hands map[string]int
}
