/** Pairs of tests in which it matters what a call does: whether it fails or panics, and what functions of the standard library return. */
import type { Pair } from './whole-program-shapes.ts';

export const PROGRAMS_OF_CALLS: Pair[] = [
  {
    title: 'a lock is held by a function that panics and recovers',
    leaky: `type router struct {
	mu     sync.Mutex
	routes map[string]func() string
}

func (r *router) serve(path string) (out string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("panic")
		}
	}()
	r.mu.Lock() // leak: missing-unlock|double-lock
	out = r.routes[path]()
	r.mu.Unlock()
	return out, nil
}

func TestServe(t *testing.T) {
	r := &router{routes: map[string]func() string{"/": func() string { return "home" }}}
	if _, err := r.serve("/none"); err == nil {
		t.Fatal("want an error")
	}
	go r.serve("/")
}
`,
    fixed: `type router struct {
	mu     sync.Mutex
	routes map[string]func() string
}

func (r *router) serve(path string) (out string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("panic")
		}
	}()
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.routes[path](), nil
}

func TestServe(t *testing.T) {
	r := &router{routes: map[string]func() string{"/": func() string { return "home" }}}
	if _, err := r.serve("/none"); err == nil {
		t.Fatal("want an error")
	}
	go r.serve("/")
}
`,
  },
  {
    title: 'calls of the standard library are taken to succeed',
    leaky: `func workers(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, err
	}
	return n, nil
}

func run(s string) error {
	results := make(chan int)
	if _, err := workers(s); err != nil {
		return err
	}
	for range 2 {
		go func() { results <- 1 }() // leak: surplus-senders
	}
	<-results
	return nil
}

func TestRun(t *testing.T) {
	if err := run("2"); err != nil {
		t.Fatal(err)
	}
}
`,
    fixed: `func workers(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, err
	}
	return n, nil
}

func run(s string) error {
	results := make(chan int, 2)
	if _, err := workers(s); err != nil {
		return err
	}
	for range 2 {
		go func() { results <- 1 }()
	}
	<-results
	return nil
}

func TestRun(t *testing.T) {
	if err := run("2"); err != nil {
		t.Fatal(err)
	}
}
`,
  },
  {
    title: 'an index that is out of range skips an unlock, and the panic is stopped',
    leaky: `type store struct {
	mu   sync.Mutex
	rows map[string][]int
}

func (s *store) first(key string) int {
	s.mu.Lock() // leak: double-lock
	n := s.rows[key][0]
	s.mu.Unlock()
	return n
}

func (s *store) handle(key string) {
	defer func() { _ = recover() }()
	s.first(key)
}

func TestFirst(t *testing.T) {
	s := &store{rows: map[string][]int{"a": {1}}}
	s.handle("b")
	s.handle("a")
}
`,
    fixed: `type store struct {
	mu   sync.Mutex
	rows map[string][]int
}

func (s *store) first(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows[key][0]
}

func (s *store) handle(key string) {
	defer func() { _ = recover() }()
	s.first(key)
}

func TestFirst(t *testing.T) {
	s := &store{rows: map[string][]int{"a": {1}}}
	s.handle("b")
	s.handle("a")
}
`,
  },
  {
    title: 'a write to a nil map skips a send, and the panic is stopped',
    leaky: `type counter struct{ seen map[string]int }

func (c *counter) add(name string, done chan<- struct{}) {
	defer func() { _ = recover() }()
	c.seen[name]++
	done <- struct{}{}
}

func TestAdd(t *testing.T) {
	c := &counter{}
	done := make(chan struct{})
	go c.add("a", done)
	<-done // leak: receive-without-sender
}
`,
    fixed: `type counter struct{ seen map[string]int }

func (c *counter) add(name string, done chan<- struct{}) {
	defer func() { _ = recover() }()
	c.seen[name]++
	done <- struct{}{}
}

func TestAdd(t *testing.T) {
	c := &counter{seen: map[string]int{}}
	done := make(chan struct{})
	go c.add("a", done)
	<-done
}
`,
  },
  {
    title: 'a number that cannot be read',
    leaky: `func load(text string, out chan<- int, failed chan<- error) {
	for _, field := range strings.Split(text, ",") {
		n, err := strconv.Atoi(field)
		if err != nil {
			failed <- err // leak: abandoned-send
			return
		}
		out <- n
	}
	close(out)
}

func TestLoad(t *testing.T) {
	out, failed := make(chan int), make(chan error)
	go load("1,x", out, failed)
	if <-out != 1 {
		t.Fatal("want 1")
	}
}
`,
    fixed: `func load(text string, out chan<- int, failed chan<- error) {
	for _, field := range strings.Split(text, ",") {
		n, err := strconv.Atoi(field)
		if err != nil {
			failed <- err
			return
		}
		out <- n
	}
	close(out)
}

func TestLoad(t *testing.T) {
	out, failed := make(chan int), make(chan error, 1)
	go load("1,x", out, failed)
	if <-out != 1 {
		t.Fatal("want 1")
	}
}
`,
  },
  {
    title: 'a pipe whose reader gives up is closed, or not',
    leaky: `func consume(r io.Reader, limit int) error {
	buf := make([]byte, 4)
	for range limit {
		if _, err := r.Read(buf); err != nil {
			return err
		}
	}
	return errors.New("too much")
}

func TestConsume(t *testing.T) {
	pr, pw := io.Pipe()
	done := make(chan error, 1)
	go func() {
		for range 3 {
			if _, err := pw.Write([]byte("data")); err != nil { // leak: producer-outlives-consumer
				done <- err
				return
			}
		}
		done <- pw.Close()
	}()
	if consume(pr, 1) == nil {
		t.Fatal("want an error")
	}
	<-done
}
`,
    fixed: `func consume(r io.Reader, limit int) error {
	buf := make([]byte, 4)
	for range limit {
		if _, err := r.Read(buf); err != nil {
			return err
		}
	}
	return errors.New("too much")
}

func TestConsume(t *testing.T) {
	pr, pw := io.Pipe()
	done := make(chan error, 1)
	go func() {
		for range 3 {
			if _, err := pw.Write([]byte("data")); err != nil {
				done <- err
				return
			}
		}
		done <- pw.Close()
	}()
	if consume(pr, 1) == nil {
		t.Fatal("want an error")
	}
	pr.Close()
	<-done
}
`,
  },
  {
    title: 'the second line of a known text is one that ends the reader',
    leaky: `func parse(text string, out chan<- string) error {
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "#") {
			return errors.New("a comment")
		}
		out <- line
	}
	close(out)
	return lines.Err()
}

func TestParse(t *testing.T) {
	out := make(chan string)
	go func() { _ = parse("a\\n# b\\nc\\n", out) }()
	for range out { // leak: close-skipped
	}
}
`,
    fixed: `func parse(text string, out chan<- string) error {
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "#") {
			close(out)
			return errors.New("a comment")
		}
		out <- line
	}
	close(out)
	return lines.Err()
}

func TestParse(t *testing.T) {
	out := make(chan string)
	go func() { _ = parse("a\\n# b\\nc\\n", out) }()
	for range out {
	}
}
`,
  },
  {
    title: 'the first line of a known text is received',
    leaky: `func first(r io.Reader) string {
	lines := bufio.NewScanner(r)
	lines.Scan()
	return lines.Text()
}

func TestFirst(t *testing.T) {
	text := strings.NewReader("a\\nb\\n")
	ch := make(chan string)
	go func() { ch <- first(text) }()
	if <-ch == "a" {
		<-ch // leak: receive-without-sender
	}
}
`,
    fixed: `func first(r io.Reader) string {
	lines := bufio.NewScanner(r)
	lines.Scan()
	return lines.Text()
}

func TestFirst(t *testing.T) {
	text := strings.NewReader("a\\nb\\n")
	ch := make(chan string)
	go func() { ch <- first(text) }()
	if <-ch == "a" {
		go close(ch)
		<-ch
	}
}
`,
  },
];
