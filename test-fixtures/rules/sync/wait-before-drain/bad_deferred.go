package waitbeforedrain

import (
	"errors"
	"sync"
)

// What is deferred comes after the wait for those who need it.
func sendAll(invoices []string, send func(string) error) error {
	queue := make(chan string)
	// There are no more.
	defer close(queue)
	problems := make([]error, 2)
	var workers sync.WaitGroup
	for i := range problems {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for invoice := range queue {
				problems[i] = errors.Join(problems[i], send(invoice))
			}
		}()
	}
	for _, invoice := range invoices {
		queue <- invoice
	}
	workers.Wait() // want "wait-before-drain"
	return errors.Join(problems...)
}

// Whoever leaves on the way needs the deferred call.
func sendSome(invoices []string, send func(string)) error {
	queue := make(chan string)
	defer close(queue)
	var workers sync.WaitGroup
	workers.Add(1)
	go func() {
		defer workers.Done()
		for invoice := range queue {
			send(invoice)
		}
	}()
	for _, invoice := range invoices {
		if invoice == "" {
			return errors.New("empty")
		}
		queue <- invoice
	}
	workers.Wait() // want "wait-before-drain"
	return nil
}
