/** Pairs of programs in which it matters how they are run: by nobody in a hurry, on a usual machine, with the flags as they are. */
import type { Pair } from './whole-program-shapes.ts';

export const PROGRAMS_AS_RUN: Pair[] = [
  {
    title: 'a test that asks for little is run in full',
    leaky: `func TestShort(t *testing.T) {
	rounds := 2
	if testing.Short() {
		rounds = 1
		t.Log("few rounds")
	}
	if testing.Short() && rounds == 1 {
		return
	}
	ch := make(chan int)
	for i := 0; i < rounds; i++ {
		go func() {
			ch <- i // leak: abandoned-send|surplus-senders
		}()
	}
	<-ch
}
`,
    fixed: `func TestShort(t *testing.T) {
	rounds := 2
	if testing.Short() {
		rounds = 1
		t.Log("few rounds")
	}
	if testing.Short() && rounds == 1 {
		return
	}
	ch := make(chan int)
	for i := 0; i < rounds; i++ {
		go func() {
			ch <- i
		}()
	}
	for i := 0; i < rounds; i++ {
		<-ch
	}
}
`,
  },
  {
    title: 'a test leaves out other machines',
    leaky: `func supported() bool {
	switch runtime.GOOS {
	case "plan9", "js":
		return false
	}
	return runtime.GOARCH != "wasm"
}

func TestPlatform(t *testing.T) {
	if runtime.GOOS == "windows" {
		return
	}
	if !supported() {
		return
	}
	done := make(chan bool)
	<-done // leak: receive-without-sender
}
`,
    fixed: `func supported() bool {
	switch runtime.GOOS {
	case "plan9", "js":
		return false
	}
	return runtime.GOARCH != "wasm"
}

func TestPlatform(t *testing.T) {
	if runtime.GOOS == "windows" {
		return
	}
	if !supported() {
		return
	}
	done := make(chan bool)
	go close(done)
	<-done
}
`,
  },
  {
    title: 'flags have their defaults',
    leaky: `func TestFlags(t *testing.T) {
	workers := flag.Int("workers", 2, "how many")
	quiet := flag.Bool("quiet", false, "say nothing")
	var want int
	flag.IntVar(&want, "want", 1, "how many to wait for")
	flag.Parse()
	if *quiet {
		return
	}
	ch := make(chan int)
	for i := 0; i < *workers; i++ {
		go func() {
			ch <- i // leak: abandoned-send|surplus-senders
		}()
	}
	for i := 0; i < want; i++ {
		<-ch
	}
}
`,
    fixed: `func TestFlags(t *testing.T) {
	workers := flag.Int("workers", 2, "how many")
	quiet := flag.Bool("quiet", false, "say nothing")
	var want int
	flag.IntVar(&want, "want", 2, "how many to wait for")
	flag.Parse()
	if *quiet {
		return
	}
	ch := make(chan int)
	for i := 0; i < *workers; i++ {
		go func() {
			ch <- i
		}()
	}
	for i := 0; i < want; i++ {
		<-ch
	}
}
`,
  },
  {
    title: 'what was used longest ago is told by the clock',
    leaky: `type entry struct {
	name string
	used time.Time
}

type cache struct {
	mu      sync.Mutex
	entries map[string]*entry
	gone    func(name string)
}

func (c *cache) oldest() *entry {
	var old *entry
	for _, e := range c.entries {
		if old == nil || e.used.Before(old.used) {
			old = e
		}
	}
	return old
}

func (c *cache) put(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.entries) == 2 {
		old := c.oldest()
		delete(c.entries, old.name)
		c.gone(old.name)
	}
	c.entries[name] = &entry{name, time.Now()}
}

func (c *cache) drop(name string) {
	c.mu.Lock() // leak: double-lock
	delete(c.entries, name)
	c.mu.Unlock()
}

func TestCache(t *testing.T) {
	c := &cache{entries: map[string]*entry{}}
	pairs := map[string]string{"a": "b"}
	c.gone = func(name string) {
		if other, ok := pairs[name]; ok {
			c.drop(other)
		}
	}
	c.put("c")
	c.put("a")
	c.put("d")
	c.put("e")
}
`,
    fixed: `type entry struct {
	name string
	used time.Time
}

type cache struct {
	mu      sync.Mutex
	entries map[string]*entry
	gone    func(name string)
}

func (c *cache) oldest() *entry {
	var old *entry
	for _, e := range c.entries {
		if old == nil || e.used.Before(old.used) {
			old = e
		}
	}
	return old
}

func (c *cache) put(name string) {
	c.mu.Lock()
	var old *entry
	if len(c.entries) == 2 {
		old = c.oldest()
		delete(c.entries, old.name)
	}
	c.entries[name] = &entry{name, time.Now()}
	c.mu.Unlock()
	if old != nil {
		c.gone(old.name)
	}
}

func (c *cache) drop(name string) {
	c.mu.Lock()
	delete(c.entries, name)
	c.mu.Unlock()
}

func TestCache(t *testing.T) {
	c := &cache{entries: map[string]*entry{}}
	pairs := map[string]string{"a": "b"}
	c.gone = func(name string) {
		if other, ok := pairs[name]; ok {
			c.drop(other)
		}
	}
	c.put("c")
	c.put("a")
	c.put("d")
	c.put("e")
}
`,
  },
  {
    title: 'a number is looked for among known ones',
    leaky: `func serve(allowed []int, port int, turns chan int) error {
	if !slices.Contains(allowed, port) {
		return fmt.Errorf("port %d", port)
	}
	turns <- port // leak: producer-outlives-consumer|surplus-senders|double-send|abandoned-send
	return nil
}

func TestServe(t *testing.T) {
	turns := make(chan int)
	go func() {
		for _, port := range []int{22, 80, 443} {
			if err := serve([]int{80, 443}, port, turns); err != nil {
				fmt.Println(err)
			}
		}
	}()
	<-turns
}
`,
    fixed: `func serve(allowed []int, port int, turns chan int) error {
	if !slices.Contains(allowed, port) {
		return fmt.Errorf("port %d", port)
	}
	turns <- port
	return nil
}

func TestServe(t *testing.T) {
	turns := make(chan int, 1)
	go func() {
		for _, port := range []int{22, 80, 443} {
			if err := serve([]int{80, 443}, port, turns); err != nil {
				fmt.Println(err)
			}
		}
	}()
	<-turns
}
`,
  },
];
