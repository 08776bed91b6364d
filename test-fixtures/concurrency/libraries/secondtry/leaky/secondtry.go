// Package leaky mails letters, and tries again what comes back.
package leaky

import (
	"sync"
	"time"
)

type letter struct {
	to    string
	tries int
}

// Mailer mails one letter after the other.
type Mailer struct {
	mail    func(to string) error
	pause   time.Duration
	letters chan letter
	quit    chan struct{}
	once    sync.Once
	wg      sync.WaitGroup
}

// NewMailer has room for some letters.
func NewMailer(room int, pause time.Duration, mail func(to string) error) *Mailer {
	m := &Mailer{mail: mail, pause: pause, letters: make(chan letter, room), quit: make(chan struct{})}
	m.wg.Add(1)
	go m.run()
	return m
}

func (m *Mailer) run() {
	defer m.wg.Done()
	for {
		select {
		case l := <-m.letters:
			if err := m.mail(l.to); err != nil {
				m.again(l)
			}
		case <-m.quit:
			return
		}
	}
}

func (m *Mailer) again(l letter) {
	l.tries++
	if l.tries > 3 {
		return
	}
	wait := time.NewTimer(m.pause)
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-m.quit:
		return
	}
	m.letters <- l // blocked: abandoned-send
}

// Post takes a letter; it reports false when there is no room.
func (m *Mailer) Post(to string) bool {
	select {
	case m.letters <- letter{to: to}:
		return true
	default:
		return false
	}
}

// Stop ends the mailer.
func (m *Mailer) Stop() {
	m.once.Do(func() { close(m.quit) })
	m.wg.Wait()
}
