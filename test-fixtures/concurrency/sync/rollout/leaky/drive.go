package leaky

// Drive upgrades three machines in batches of two.
func Drive() {
	f := &Fleet{Batch: 2, Machines: []*Machine{{Name: "a"}, {Name: "b"}, {Name: "c"}}}
	f.Upgrade(7)
}
