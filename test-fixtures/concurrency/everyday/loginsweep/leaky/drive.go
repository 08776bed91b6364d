package leaky

import "time"

// Drive sweeps while one of two users is away.
func Drive() {
	var l Logins
	now := time.Now()
	l.See("ada", now.Add(-time.Hour))
	l.See("bob", now)
	l.Sweep(now.Add(-time.Minute))
}
