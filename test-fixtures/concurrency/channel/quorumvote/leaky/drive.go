package leaky

// Drive wins an election among five.
func Drive() {
	n := &Node{ID: "a"}
	for _, name := range []string{"b", "c", "d", "e"} {
		n.Peers = append(n.Peers, &LocalPeer{Name: name, Votes: map[uint64]string{}})
	}
	n.Campaign()
}
