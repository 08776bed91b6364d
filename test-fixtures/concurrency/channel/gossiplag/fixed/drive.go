package fixed

// Drive looks for laggards among three members.
func Drive() {
	at := func(index uint64) func() uint64 { return func() uint64 { return index } }
	c := &Cluster{Local: "a", Members: []Member{{"a", at(90)}, {"b", at(40)}, {"c", at(88)}}}
	c.Laggards(90, 5)
}
