package leaky

import "time"

// Drive changes a plan while a tenant of that plan is being looked up.
func Drive() {
	looking := make(chan struct{})
	s := NewStore(func(string) {
		close(looking)
		time.Sleep(100 * time.Millisecond)
	})
	s.SetPlan("free", 10)
	s.Enroll("acme", "free", 0)
	go s.Limit("acme")
	<-looking
	s.SetPlan("free", 20)
}
