package leaky

// Drive sends three invoices.
func Drive() {
	m := &Mailer{Workers: 2, Send: func(Invoice) error { return nil }}
	_ = m.SendAll([]Invoice{{1, "ada"}, {2, "bob"}, {3, "cyd"}})
}
