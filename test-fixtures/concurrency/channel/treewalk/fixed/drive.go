package fixed

// Drive collects from a tree that has more than the limit.
func Drive() {
	root := &Node{Name: "/", Children: []*Node{{Name: "a", Size: 5}, {Name: "b", Size: 7}, {Name: "c", Size: 9}}}
	Collect(root, Filter{Accept: func(n *Node) bool { return n.Size > 0 }}, 6, func(int64) {})
}
