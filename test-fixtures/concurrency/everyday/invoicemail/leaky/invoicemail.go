// Package leaky mails invoices with a few workers.
package leaky

import (
	"errors"
	"fmt"
	"sync"
)

// Invoice is a bill for a customer.
type Invoice struct {
	Number   int
	Customer string
}

// Mailer sends invoices.
type Mailer struct {
	Workers int
	Send    func(Invoice) error
}

// SendAll returns when all invoices are sent, with what went wrong.
func (m *Mailer) SendAll(invoices []Invoice) error {
	queue := make(chan Invoice)
	defer close(queue)
	problems := make([]error, m.Workers)

	var workers sync.WaitGroup
	for worker := range m.Workers {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for invoice := range queue { // blocked: close-skipped|never-closed-range|wait-before-drain
				if err := m.Send(invoice); err != nil {
					err = fmt.Errorf("invoice %d: %w", invoice.Number, err)
					problems[worker] = errors.Join(problems[worker], err)
				}
			}
		}()
	}

	for _, invoice := range invoices {
		queue <- invoice
	}
	workers.Wait() // blocked: wait-before-drain
	return errors.Join(problems...)
}
