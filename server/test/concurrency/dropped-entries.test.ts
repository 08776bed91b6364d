/** Somebody waits for what a value keeps, and a call of another one takes it out without a word. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> =>
  toldLeaks(
    `package p\n\nimport (\n\t"container/heap"\n\t"errors"\n\t"sync"\n)\n\nvar errGone = errors.New("gone")\n\n${code}`,
  );

/** Gulls follow boats of a harbour; a scribe that the caller writes down follows some for its readers. */
function harbour(leave: string): string {
  return `var _ heap.Interface

type Gull struct {
	boat  string
	cries chan string
}

func (g *Gull) Cries() <-chan string { return g.cries }

type Harbour struct {
	mu    sync.Mutex
	gulls map[string]map[*Gull]struct{}
}

func (h *Harbour) Follow(boat string) *Gull {
	g := &Gull{boat: boat, cries: make(chan string, 4)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.gulls == nil {
		h.gulls = make(map[string]map[*Gull]struct{})
	}
	flock := h.gulls[boat]
	if flock == nil {
		flock = make(map[*Gull]struct{})
		h.gulls[boat] = flock
	}
	flock[g] = struct{}{}
	return g
}

func (h *Harbour) Leave(g *Gull) {
	h.mu.Lock()
	defer h.mu.Unlock()
	flock := h.gulls[g.boat]
	if _, ok := flock[g]; !ok {
		return
	}
	delete(flock, g)
${leave}
}

func (h *Harbour) Shut() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, flock := range h.gulls {
		for g := range flock {
			close(g.cries)
		}
	}
	h.gulls = nil
}

type Scribe struct {
	Harbour *Harbour
	Write   func(string)

	mu    sync.Mutex
	gulls map[string]*Gull
}

func (s *Scribe) Add(boat string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.gulls[boat]; ok {
		return
	}
	if s.gulls == nil {
		s.gulls = make(map[string]*Gull)
	}
	g := s.Harbour.Follow(boat)
	s.gulls[boat] = g
	go s.copy(g)
}

func (s *Scribe) Drop(boat string) {
	s.mu.Lock()
	g, ok := s.gulls[boat]
	delete(s.gulls, boat)
	s.mu.Unlock()
	if ok {
		s.Harbour.Leave(g)
	}
}

func (s *Scribe) copy(g *Gull) {
	for c := range g.Cries() {
		s.Write(c)
	}
}
`;
}

/** Loaves of an oven that are taken off its list, which is a heap. */
function oven(scrap: string): string {
  return `type Loaf struct {
	minute int
	place  int
	baked  chan struct{}
	err    error
}

func (l *Loaf) Wait() error {
	<-l.baked
	return l.err
}

type loaves []*Loaf

func (l loaves) Len() int           { return len(l) }
func (l loaves) Less(i, j int) bool { return l[i].minute < l[j].minute }
func (l loaves) Swap(i, j int) {
	l[i], l[j] = l[j], l[i]
	l[i].place, l[j].place = i, j
}

func (l *loaves) Push(x any) {
	loaf := x.(*Loaf)
	loaf.place = len(*l)
	*l = append(*l, loaf)
}

func (l *loaves) Pop() any {
	last := len(*l) - 1
	loaf := (*l)[last]
	loaf.place = -1
	*l = (*l)[:last]
	return loaf
}

type Oven struct {
	mu   sync.Mutex
	list loaves
}

func (o *Oven) Put(minute int) *Loaf {
	l := &Loaf{minute: minute, baked: make(chan struct{})}
	o.mu.Lock()
	heap.Push(&o.list, l)
	o.mu.Unlock()
	return l
}

func (o *Oven) Scrap(l *Loaf) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if l.place < 0 {
		return
	}
	heap.Remove(&o.list, l.place)
	l.err = errGone
${scrap}
}

func (o *Oven) Tick(minute int) {
	for {
		l := o.next(minute)
		if l == nil {
			return
		}
		close(l.baked)
	}
}

func (o *Oven) next(minute int) *Loaf {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.list) == 0 || o.list[0].minute > minute {
		return nil
	}
	return heap.Pop(&o.list).(*Loaf)
}

type Tray struct {
	Oven *Oven

	loaves []*Loaf
}

func (t *Tray) Add(minute int) {
	t.loaves = append(t.loaves, t.Oven.Put(minute))
}

func (t *Tray) Clear() {
	for _, l := range t.loaves {
		t.Oven.Scrap(l)
	}
}

func (t *Tray) Wait() {
	for _, l := range t.loaves {
		l.Wait()
	}
}
`;
}

/** Divers wait for the one bell of a site; a site may be given up. */
function sites(close: string): string {
  return `var _ heap.Interface

type turn struct {
	called chan struct{}
}

func (t *turn) await() {
	<-t.called
}

type site struct {
	busy  bool
	turns []*turn
}

type Dive struct {
	sites *Sites
	name  string
	site  *site
}

func (d *Dive) Surface() {
	s := d.sites
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known[d.name] != d.site {
		return
	}
	if len(d.site.turns) == 0 {
		d.site.busy = false
		return
	}
	t := d.site.turns[0]
	d.site.turns = d.site.turns[1:]
	close(t.called)
}

type Sites struct {
	mu    sync.Mutex
	known map[string]*site
}

func (s *Sites) Open(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = make(map[string]*site)
	}
	if _, ok := s.known[name]; !ok {
		s.known[name] = &site{}
	}
}

func (s *Sites) GiveUp(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.known[name]
	if !ok {
		return
	}
	delete(s.known, name)
	at.busy = true
${close}
}

func (s *Sites) Dive(name string) (*Dive, error) {
	s.mu.Lock()
	at, ok := s.known[name]
	if !ok {
		s.mu.Unlock()
		return nil, errGone
	}
	if !at.busy {
		at.busy = true
		s.mu.Unlock()
		return &Dive{sites: s, name: name, site: at}, nil
	}
	t := &turn{called: make(chan struct{})}
	at.turns = append(at.turns, t)
	s.mu.Unlock()
	t.await()
	return &Dive{sites: s, name: name, site: at}, nil
}
`;
}

/** Ships of a convoy hear what the others signal until they leave it. */
function convoy(send: string): string {
  return `var _ heap.Interface

type Ship struct {
	convoy *Convoy
	flags  chan string
	gone   chan struct{}
}

func (s *Ship) Watch(read func(string)) {
	defer s.convoy.Part(s)
	for {
		select {
		case f := <-s.flags:
			read(f)
		case <-s.gone:
			return
		}
	}
}

func (s *Ship) Hoist(flag string) {
	for _, other := range s.convoy.others(s) {
		other.see(flag)
	}
}

func (s *Ship) see(flag string) {
${send}
}

type Convoy struct {
	mu    sync.Mutex
	ships map[*Ship]struct{}
}

func (c *Convoy) Form() *Ship {
	s := &Ship{convoy: c, flags: make(chan string), gone: make(chan struct{})}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ships == nil {
		c.ships = make(map[*Ship]struct{})
	}
	c.ships[s] = struct{}{}
	return s
}

func (c *Convoy) Part(s *Ship) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.ships[s]; ok {
		delete(c.ships, s)
		close(s.gone)
	}
}

func (c *Convoy) others(than *Ship) []*Ship {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []*Ship
	for s := range c.ships {
		if s != than {
			all = append(all, s)
		}
	}
	return all
}
`;
}

/** Guests of an inn wait for a room; who waits too long is struck off its list. */
function inn(tell: string): string {
  return `var _ heap.Interface

type wish struct {
	nights int
	room   chan int
}

type list struct {
	wishes []*wish
}

func (l *list) add(nights int) *wish {
	w := &wish{nights: nights, room: make(chan int, 1)}
	l.wishes = append(l.wishes, w)
	return w
}

func (l *list) strike(nights int) {
	var kept []*wish
	for _, w := range l.wishes {
		if w.nights > nights {
${tell}
			continue
		}
		kept = append(kept, w)
	}
	l.wishes = kept
}

type Inn struct {
	mu   sync.Mutex
	list list
}

func (i *Inn) Ask(nights int) (int, error) {
	i.mu.Lock()
	w := i.list.add(nights)
	i.mu.Unlock()
	room, ok := <-w.room
	if !ok {
		return 0, errGone
	}
	return room, nil
}

func (i *Inn) Free(room int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.list.wishes) > 0 {
		i.list.wishes[0].room <- room
		i.list.wishes = i.list.wishes[1:]
	}
}

func (i *Inn) Strike(nights int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.list.strike(nights)
}
`;
}

describe('concurrency: entries that are taken out while somebody waits for them', () => {
  it('a table in a table of what the caller has written down', async () => {
    deepStrictEqual(await found(harbour('')), ['never-closed-range for c := range g.Cries() {']);
    deepStrictEqual(await found(harbour('\tclose(g.cries)')), []);
  });

  it('a heap, of what was collected', async () => {
    deepStrictEqual(await found(oven('')), ['receive-without-sender <-l.baked']);
    deepStrictEqual(await found(oven('\tclose(l.baked)')), []);
  });

  it('a queue of something that is given up', async () => {
    deepStrictEqual(await found(sites('')), ['receive-without-sender <-t.called']);
    const tell = '\tfor _, t := range at.turns {\n\t\tclose(t.called)\n\t}\n\tat.turns = nil';
    deepStrictEqual(await found(sites(tell)), []);
  });

  it('a list that is put together anew without some of its entries', async () => {
    deepStrictEqual(await found(inn('')), ['receive-without-sender room, ok := <-w.room']);
    deepStrictEqual(await found(inn('\t\t\tclose(w.room)')), []);
  });

  it('who leaves while another one is about to send', async () => {
    deepStrictEqual(await found(convoy('\ts.flags <- flag')), ['abandoned-send s.flags <- flag']);
    deepStrictEqual(await found(convoy('\tselect {\n\tcase s.flags <- flag:\n\tcase <-s.gone:\n\t}')), []);
  });
});
