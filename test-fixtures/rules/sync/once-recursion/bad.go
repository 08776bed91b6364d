package oncerecursion

import "sync"

type Settings struct {
	once   sync.Once
	values map[string]string
}

// Get loads the settings when they are first asked for.
func (s *Settings) Get(key string) string {
	s.once.Do(s.load) // want "once-recursion: `s.once.Do` is reached by the function that `s.once.Do` is running"
	return s.values[key]
}

func (s *Settings) load() {
	s.values = map[string]string{"region": "eu"}
	s.values["host"] = "db." + s.Get("region")
}

func twice() {
	var once sync.Once
	once.Do(func() {
		once.Do(func() {}) // want "once-recursion: `once.Do` is reached"
	})
}

// The two closures end each other.
type session struct {
	ended sync.Once
	onEnd func()
}

func newSession() *session {
	s := &session{}
	s.onEnd = func() { s.Close() }
	return s
}

// Close tells the observer, who closes.
func (s *session) Close() {
	s.ended.Do(func() { // want "once-recursion: `s.ended.Do` is reached"
		s.onEnd()
	})
}

func useSession() {
	newSession().Close()
}

type registry struct {
	sync.Once
	names []string
}

func (r *registry) all() []string {
	r.Do(r.fill) // want "once-recursion: `r.Do` is reached"
	return r.names
}

func (r *registry) fill() {
	if len(r.all()) == 0 {
		r.names = append(r.names, "default")
	}
}

func printNames() {
	r := &registry{}
	for _, name := range r.all() {
		println(name)
	}
}

// The call is deferred to the end of the function that Do runs.
func atTheEnd(load func() error) {
	var once sync.Once
	closeAll := func() { once.Do(func() {}) } // want "once-recursion: `once.Do` is reached"
	once.Do(func() {
		defer closeAll()
		if err := load(); err != nil {
			println(err.Error())
		}
	})
}
