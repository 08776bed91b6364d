package fixed

import (
	"errors"
	"fmt"
)

type entry struct {
	account string
	amount  int
}

type auditor struct {
	verdict chan error
	check   func(entry) error
	passed  int
}

func newAuditor(limit int) *auditor {
	return &auditor{
		verdict: make(chan error),
		check: func(e entry) error {
			switch {
			case e.account == "":
				return errors.New("no account")
			case e.amount > limit:
				return fmt.Errorf("%d is over the limit of %d", e.amount, limit)
			}
			return nil
		},
	}
}

func (a *auditor) reject(index int, err error) {
	a.verdict <- fmt.Errorf("entry %d: %w", index, err)
}

func (a *auditor) audit(entries []entry) {
	for i, e := range entries {
		if err := a.check(e); err != nil {
			a.reject(i, err)
			return
		}
		a.passed++
	}
	a.verdict <- nil
}

// Run audits one batch with a bad entry and one with two.
func Run() {
	batches := [][]entry{
		{{"rent", 300}, {"", 20}},
		{{"cash", 9000}, {"card", 8000}, {"rent", 10}},
	}
	rejected := 0
	for _, batch := range batches {
		a := newAuditor(1000)
		go a.audit(batch)
		if err := <-a.verdict; err != nil {
			rejected++
		}
	}
	_ = rejected
}
