package lockorder

import "sync"

// Two fields of one value, both orders in exported methods.
type Store struct {
	dataMu  sync.Mutex
	indexMu sync.Mutex
	n       int
}

func (s *Store) Put() {
	s.dataMu.Lock()
	defer s.dataMu.Unlock()
	s.indexMu.Lock()
	s.n++
	s.indexMu.Unlock()
}

func (s *Store) Drop() {
	s.dataMu.Lock()
	s.indexMu.Lock()
	s.n--
	s.indexMu.Unlock()
	s.dataMu.Unlock()
}

func (s *Store) Find() int {
	s.indexMu.Lock()
	defer s.indexMu.Unlock()
	s.dataMu.Lock() // want "lock-order: `s.dataMu` is locked while `s.indexMu` is held, but `Store.Put` \\(bad.go:15\\) locks them the other way round"
	defer s.dataMu.Unlock()
	return s.n
}

// Each second lock is taken by a helper.
type Bank struct {
	accounts sync.Mutex
	audit    sync.RWMutex
	balance  int
	log      []string
}

func (b *Bank) record(line string) {
	b.audit.Lock()
	defer b.audit.Unlock()
	b.log = append(b.log, line)
}

func (b *Bank) total() int {
	b.accounts.Lock() // want "lock-order: this locks `b.accounts` for `Bank.Report` \\(line 73\\), which holds `b.audit`, but `Bank.Deposit` \\(bad.go:60\\)"
	defer b.accounts.Unlock()
	return b.balance
}

func (b *Bank) Deposit(n int) {
	b.accounts.Lock()
	defer b.accounts.Unlock()
	b.balance += n
	b.record("deposit")
}

func (b *Bank) Withdraw(n int) {
	b.accounts.Lock()
	defer b.accounts.Unlock()
	b.balance -= n
	b.record("withdraw")
}

func (b *Bank) Report() (int, int) {
	b.audit.RLock()
	defer b.audit.RUnlock()
	return b.total(), len(b.log)
}

// Package variables.
var (
	configMu sync.Mutex
	peersMu  sync.Mutex
)

func Reload() {
	configMu.Lock()
	defer configMu.Unlock()
	peersMu.Lock()
	defer peersMu.Unlock()
}

func AddPeer() {
	peersMu.Lock()
	defer peersMu.Unlock()
	configMu.Lock() // want "lock-order: `configMu` is locked while `peersMu` is held, but `Reload`"
	defer configMu.Unlock()
}

// A package variable and a field.
var registryMu sync.Mutex

type Session struct {
	mu     sync.Mutex
	closed bool
}

func (s *Session) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	unregister()
}

func unregister() {
	registryMu.Lock()
	defer registryMu.Unlock()
}

func CloseAll(sessions []*Session) {
	registryMu.Lock()
	defer registryMu.Unlock()
	for _, s := range sessions {
		s.mu.Lock() // want "lock-order: `s.mu` is locked while `registryMu` is held, but `Session.Close` \\(bad.go:108\\)"
		s.closed = true
		s.mu.Unlock()
	}
}

// Locals that goroutines share.
func transfer(n int) int {
	var from, to sync.Mutex
	var wg sync.WaitGroup
	sum := 0
	wg.Add(1)
	go func() {
		defer wg.Done()
		from.Lock()
		to.Lock()
		sum += n
		to.Unlock()
		from.Unlock()
	}()
	to.Lock()
	from.Lock() // want "lock-order: `from` is locked while `to` is held, but `transfer`"
	sum -= n
	from.Unlock()
	to.Unlock()
	wg.Wait()
	return sum
}

// Two goroutines of one owner.
type hub struct {
	clientsMu sync.Mutex
	topicsMu  sync.Mutex
}

func startHub() *hub {
	h := &hub{}
	go h.expire()
	go h.publish()
	return h
}

func (h *hub) expire() {
	for {
		h.clientsMu.Lock()
		h.topicsMu.Lock()
		h.topicsMu.Unlock()
		h.clientsMu.Unlock()
	}
}

func (h *hub) publish() {
	for {
		topics := &h.topicsMu
		topics.Lock()
		h.clientsMu.Lock() // want "lock-order: `h.clientsMu` is locked while `h.topicsMu` is held"
		h.clientsMu.Unlock()
		topics.Unlock()
	}
}

// A writer on one side is enough where each lock has one.
type Cache struct {
	entries sync.RWMutex
	stats   sync.RWMutex
	hits    int
}

func (c *Cache) Get() int {
	c.entries.RLock()
	defer c.entries.RUnlock()
	c.stats.Lock()
	defer c.stats.Unlock()
	c.hits++
	return c.hits
}

func (c *Cache) Evict() {
	c.stats.RLock()
	defer c.stats.RUnlock()
	if c.hits > 0 {
		c.entries.Lock() // want "lock-order: `c.entries` is locked while `c.stats` is held, but `Cache.Get`"
		c.entries.Unlock()
	}
}

// Lock and unlock have functions of their own.
type Table struct {
	rows sync.Mutex
	cols sync.Mutex
}

func (t *Table) lockRows()   { t.rows.Lock() } // want "lock-order: this locks `t.rows` for `Table.Resize`"
func (t *Table) unlockRows() { t.rows.Unlock() }

func (t *Table) Transpose() {
	t.lockRows()
	t.cols.Lock()
	t.cols.Unlock()
	t.unlockRows()
}

func (t *Table) Resize() {
	t.cols.Lock()
	defer t.cols.Unlock()
	t.lockRows()
	defer t.unlockRows()
}

// A team has members, and each member knows its team.
type Team struct {
	mu      sync.Mutex
	members map[string]*Member
	score   int
}

type Member struct {
	mu     sync.Mutex
	team   *Team
	points int
}

func (t *Team) Reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.score = 0
	for _, m := range t.members {
		m.reset()
	}
}

func (t *Team) Rename(old string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if m, ok := t.members[old]; ok {
		m.reset()
	}
}

func (m *Member) reset() {
	m.mu.Lock()
	m.points = 0
	m.mu.Unlock()
}

func (m *Member) Score() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.points++
	m.team.add()
}

func (t *Team) add() {
	t.mu.Lock() // want "lock-order: this locks `m.team.mu` for `Member.Score`"
	defer t.mu.Unlock()
	t.score++
}
