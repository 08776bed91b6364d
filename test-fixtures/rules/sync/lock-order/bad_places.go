package lockorder

import "sync"

// Most functions let one another through one at a time; Add does not.
type Ledger struct {
	turn    sync.Mutex
	rowsMu  sync.Mutex
	totalMu sync.Mutex
	rows    []string
	total   int
}

func (l *Ledger) Open(n int) {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.rowsMu.Lock()
	defer l.rowsMu.Unlock()
	l.totalMu.Lock()
	defer l.totalMu.Unlock()
	l.rows = append(l.rows, "open")
	l.total += n
}

func (l *Ledger) Credit(n int) {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.rowsMu.Lock()
	defer l.rowsMu.Unlock()
	l.totalMu.Lock()
	defer l.totalMu.Unlock()
	l.rows = append(l.rows, "credit")
	l.total += n
}

func (l *Ledger) Debit(n int) {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.rowsMu.Lock()
	defer l.rowsMu.Unlock()
	l.totalMu.Lock()
	defer l.totalMu.Unlock()
	l.rows = append(l.rows, "debit")
	l.total += n
}

func (l *Ledger) Book(n int) {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.rowsMu.Lock()
	defer l.rowsMu.Unlock()
	l.totalMu.Lock()
	defer l.totalMu.Unlock()
	l.rows = append(l.rows, "book")
	l.total += n
}

func (l *Ledger) Cancel(n int) {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.rowsMu.Lock()
	defer l.rowsMu.Unlock()
	l.totalMu.Lock()
	defer l.totalMu.Unlock()
	l.rows = append(l.rows, "cancel")
	l.total += n
}

func (l *Ledger) Correct(n int) {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.rowsMu.Lock()
	defer l.rowsMu.Unlock()
	l.totalMu.Lock()
	defer l.totalMu.Unlock()
	l.rows = append(l.rows, "correct")
	l.total += n
}

func (l *Ledger) Settle(n int) {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.rowsMu.Lock()
	defer l.rowsMu.Unlock()
	l.totalMu.Lock()
	defer l.totalMu.Unlock()
	l.rows = append(l.rows, "settle")
	l.total += n
}

func (l *Ledger) Close(n int) {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.rowsMu.Lock()
	defer l.rowsMu.Unlock()
	l.totalMu.Lock()
	defer l.totalMu.Unlock()
	l.rows = append(l.rows, "close")
	l.total += n
}

// Add does not wait for its turn.
func (l *Ledger) Add(n int) {
	l.rowsMu.Lock()
	defer l.rowsMu.Unlock()
	l.totalMu.Lock()
	defer l.totalMu.Unlock()
	l.rows = append(l.rows, "add")
	l.total += n
}

// Average waits for its turn.
func (l *Ledger) Average() int {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.totalMu.Lock()
	defer l.totalMu.Unlock()
	l.rowsMu.Lock() // want "lock-order: `l.rowsMu` is locked while `l.totalMu` is held, but `Ledger.Add` \\(bad_places.go:\\d+\\) locks them the other way round"
	defer l.rowsMu.Unlock()
	return l.total / max(len(l.rows), 1)
}
