package lockorder

import "sync"

// Who enrols a student puts each into the collection of the other.
type course struct {
	mu       sync.Mutex
	title    string
	students map[*student]bool
	log      []string
}

type student struct {
	mu      sync.Mutex
	name    string
	courses map[*course]int
}

func (c *course) Enrol(s *student) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.students[s] = true
	s.added(c)
}

func (s *student) added(c *course) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.courses[c]++
}

func (s *student) removed(c *course) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.courses, c)
	return s.name
}

func (c *course) Dismiss(s *student) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.students[s] {
		delete(c.students, s)
		c.log = append(c.log, s.removed(c))
	}
}

func (c *course) note(line string) {
	c.mu.Lock() // want "this locks `c.mu` for `student.Rename`"
	defer c.mu.Unlock()
	c.log = append(c.log, line)
}

func (s *student) Rename(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.name = name
	for c := range s.courses {
		c.note(name)
	}
}

// Lists, in one function, and each side goes through its own.
type author struct {
	mu    sync.Mutex
	books []*book
	sold  int
}

type book struct {
	mu      sync.Mutex
	authors []*author
	copies  int
}

func credit(a *author, b *book) {
	a.mu.Lock()
	a.books = append(a.books, b)
	a.mu.Unlock()
	b.mu.Lock()
	b.authors = append(b.authors, a)
	b.mu.Unlock()
}

func (a *author) Copies() (n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, b := range a.books {
		b.mu.Lock()
		n += b.copies
		b.mu.Unlock()
	}
	return n
}

func (b *book) Sell() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.copies--
	for _, a := range b.authors {
		a.mu.Lock() // want "`a.mu` is locked while `b.mu` is held, but `author.Copies`"
		a.sold++
		a.mu.Unlock()
	}
}
