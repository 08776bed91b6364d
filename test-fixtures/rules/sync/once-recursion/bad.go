package oncerecursion

import (
	"encoding/json"
	"sync"
)

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

// Zones are read when one is first asked for; some are other names of others.
type Zones struct {
	loaded sync.Once
	err    error
	offset map[string]int
	read   func() ([]string, error)
}

// NewZones returns zones that are read later.
func NewZones(read func() ([]string, error)) *Zones { return &Zones{read: read} }

func (z *Zones) ready() error {
	z.loaded.Do(func() { z.err = z.fill() }) // want "once-recursion: `z.loaded.Do` is reached"
	return z.err
}

func (z *Zones) fill() error {
	names, err := z.read()
	if err != nil {
		return err
	}
	z.offset = make(map[string]int, len(names))
	for _, name := range names {
		if name == "" {
			continue
		}
		offset, err := z.Offset(name)
		if err != nil {
			return err
		}
		z.offset[name] = offset
	}
	return nil
}

// Offset is that of a zone.
func (z *Zones) Offset(name string) (int, error) {
	if err := z.ready(); err != nil {
		return 0, err
	}
	return z.offset[name], nil
}

var (
	unitsOnce sync.Once
	units     map[string]int
)

func unitOf(name string) int {
	unitsOnce.Do(func() { // want "once-recursion: `unitsOnce.Do` is reached"
		units = map[string]int{"m": 1}
		units["km"] = kilo("m")
	})
	return units[name]
}

func kilo(name string) int {
	if n := unitOf(name); n > 0 {
		return 1000 * n
	}
	return 0
}

type profile struct {
	Name string
	Mail string
}

// Account is read when something of it is first asked for; what it says of itself may not be all.
type Account struct {
	loaded sync.Once
	read   func() ([]byte, error)
	p      profile
	err    error
	label  string
}

// NewAccount returns an account that is read later.
func NewAccount(read func() ([]byte, error)) *Account { return &Account{read: read} }

func (a *Account) ready() error {
	a.loaded.Do(func() { a.err = a.load() }) // want "once-recursion: `a.loaded.Do` is reached"
	return a.err
}

func (a *Account) load() error {
	raw, err := a.read()
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, &a.p); err != nil {
		return err
	}
	if a.p.Mail == "" {
		name, err := a.Name()
		if err != nil {
			return err
		}
		a.p.Mail = name + "@example.com"
	}
	return nil
}

// Name is what the account calls itself.
func (a *Account) Name() (string, error) {
	if err := a.ready(); err != nil {
		return "", err
	}
	return a.p.Name, nil
}

// Mail is its address.
func (a *Account) Mail() (string, error) {
	if err := a.ready(); err != nil {
		return "", err
	}
	return a.p.Mail, nil
}
