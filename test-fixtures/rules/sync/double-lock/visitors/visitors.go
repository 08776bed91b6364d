// Package visitors is called back by another package, which holds its lock then.
package visitors

import (
	"time"

	"example.com/rules/sync/double-lock/visits"
)

// Desk has a club.
type Desk struct {
	club  *visits.Club
	other *visits.Club
}

// Run looks at the list from time to time.
func (d *Desk) Run(stop <-chan struct{}) {
	t := time.NewTicker(time.Hour)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			d.purge()
		case <-stop:
			return
		}
	}
}

func (d *Desk) purge() {
	d.club.Walk(func(m *visits.Member) {
		if m.Owes() > 10 {
			m.Leave() // want "double-lock: `c.mu` is locked again here when `visit` is called at visits.go:48 by a goroutine that holds it"
		}
	})
}

func (d *Desk) invite() {
	d.club.Invite(func(name string) {
		if name == "" {
			d.club.Ban(name) // want "double-lock: `c.mu` is locked again here when `visit` is called at visits.go:57"
		}
	})
}

// Afterwards nothing is held.
func (d *Desk) after() {
	var gone []*visits.Member
	d.club.Walk(func(m *visits.Member) {
		if m.Owes() > 10 {
			gone = append(gone, m)
		}
	})
	for _, m := range gone {
		m.Leave()
	}
}

// What it asks is another lock.
func (d *Desk) owed() (sum int) {
	d.club.Walk(func(m *visits.Member) { sum += m.Owes() })
	return sum
}

// The lock is that of another club.
func (d *Desk) both() {
	d.club.Invite(func(name string) { d.other.Ban(name) })
}

// It reads while it reads.
func (d *Desk) count() (n int) {
	d.club.Walk(func(*visits.Member) { n += d.club.Size() })
	return n
}

// A goroutine of its own waits for the end of the walk.
func (d *Desk) apart() {
	d.club.Walk(func(m *visits.Member) {
		go m.Leave()
	})
	d.club.Later(func(m *visits.Member) { m.Leave() })
	d.club.Copied(func(m *visits.Member) { m.Leave() })
}
