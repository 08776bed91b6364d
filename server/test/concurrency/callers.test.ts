/** What callers do with a value beside or after a client: they put it into structs of their own, and give what fits. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> =>
  toldLeaks(`package p\n\nimport (\n\t"errors"\n\t"sync"\n)\n\nvar errFull = errors.New("full")\n\n${code}`);

/** Sacks of a mill are ground by hands that the caller writes down. */
function mill(skip: string): string {
  return `type Sack struct {
	mill *Mill
	damp bool
	once sync.Once
}

func (s *Sack) Ground() {
	s.once.Do(func() { s.mill.open.Done() })
}

type Mill struct {
	sacks chan *Sack
	open  sync.WaitGroup
}

func NewMill(n int) *Mill {
	return &Mill{sacks: make(chan *Sack, n)}
}

func (m *Mill) Bring(damp bool) error {
	s := &Sack{mill: m, damp: damp}
	m.open.Add(1)
	select {
	case m.sacks <- s:
		return nil
	default:
		m.open.Done()
		return errFull
	}
}

func (m *Mill) Flush() {
	m.open.Wait()
	close(m.sacks)
}

type Hand struct {
	Mill  *Mill
	Grind func()
}

func (h *Hand) Work() {
	for s := range h.Mill.sacks {
		if s.damp {
${skip}
			continue
		}
		h.Grind()
		s.Ground()
	}
}
`;
}

/** Boats of a lock are counted by their owner until the last one has left. */
function lock(leave: string): string {
  return `type Lock struct {
	mu    sync.Mutex
	empty *sync.Cond
	boats map[int]string
}

func NewLock() *Lock {
	l := &Lock{boats: make(map[int]string)}
	l.empty = sync.NewCond(&l.mu)
	return l
}

func (l *Lock) Enter(id int, name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.boats[id] = name
}

func (l *Lock) Leave(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.boats, id)
${leave}
}

func (l *Lock) Drain() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.boats) != 0 {
		l.empty.Wait()
	}
}
`;
}

/** A radio whose answers come by number from whoever reads the line. */
const radio = `type call struct {
	number int
	answer chan string
}

type Code interface {
	Number() int
}

type Decoder interface {
	Number(text string) int
}

type Radio struct {
	decoder Decoder
	calls   []*call
	answers chan reply
}

type reply struct {
	number int
	text   string
}

func NewRadio(d Decoder) *Radio {
	r := &Radio{decoder: d, answers: make(chan reply)}
	go r.listen()
	return r
}

func (r *Radio) Heard(text string) {
	r.answers <- reply{number: r.decoder.Number(text), text: text}
}

func (r *Radio) Call(c Code) string {
	k := &call{number: c.Number(), answer: make(chan string)}
	r.calls = append(r.calls, k)
	return <-k.answer
}

func (r *Radio) Twice(c Code) string {
	return r.Call(c) + r.Call(c)
}

func (r *Radio) listen() {
	for {
		h := <-r.answers
		for i, k := range r.calls {
			if k.number == h.number {
				r.calls = append(r.calls[:i], r.calls[i+1:]...)
				k.answer <- h.text
				break
			}
		}
	}
}
`;

/** The steps of a press are what it works with; orders come with a channel for the answer. */
function press(leave: string): string {
  return `type Step interface {
	Apply(sheet string) error
}

type order struct {
	sheet  string
	answer chan error
}

type Press struct {
	steps  []Step
	orders chan *order
}

func NewPress(steps ...Step) *Press {
	p := &Press{steps: steps, orders: make(chan *order)}
	go p.run()
	return p
}

func (p *Press) Print(sheet string) error {
	o := &order{sheet: sheet, answer: make(chan error)}
	p.orders <- o
	return <-o.answer
}

func (p *Press) Close() {
	close(p.orders)
}

func (p *Press) run() {
	for o := range p.orders {
		p.print(o)
	}
}

func (p *Press) print(o *order) {
	for _, s := range p.steps {
		if err := s.Apply(o.sheet); err != nil {
			o.answer <- err
			${leave}
		}
	}
	o.answer <- nil
}
`;
}

/** Sheaves of a field share the hands of a farm; after one that fails the others of the field are left alone. */
function farm(skip: string): string {
  return `type Field struct {
	Farm *Farm

	left sync.WaitGroup

	mu     sync.Mutex
	failed bool
}

func (f *Field) Bind(bind func() error) {
	f.left.Add(1)
	f.Farm.sheaves <- sheaf{field: f, bind: bind}
}

func (f *Field) Wait() {
	f.left.Wait()
}

type sheaf struct {
	field *Field
	bind  func() error
}

type Farm struct {
	sheaves chan sheaf
}

func NewFarm(hands int) *Farm {
	f := &Farm{sheaves: make(chan sheaf)}
	for i := 0; i < hands; i++ {
		go f.work()
	}
	return f
}

func (f *Farm) work() {
	for s := range f.sheaves {
		f.take(s)
	}
}

func (f *Farm) take(s sheaf) {
	s.field.mu.Lock()
	failed := s.field.failed
	s.field.mu.Unlock()
	if failed {
${skip}
		return
	}
	defer s.field.left.Done()
	if err := s.bind(); err != nil {
		s.field.mu.Lock()
		s.field.failed = true
		s.field.mu.Unlock()
	}
}

func (f *Farm) Close() {
	close(f.sheaves)
}
`;
}

/** Lodgers of a house know it by an interface; who owes too much is turned out. */
function house(out: string): string {
  return `type Landlord interface {
	Left(l *Lodger)
}

type Lodger struct {
	name     string
	landlord Landlord
	owes     int
	once     sync.Once
}

func (l *Lodger) Leave() {
	l.once.Do(func() { l.landlord.Left(l) })
}

type House struct {
	mu      sync.Mutex
	lodgers map[string]*Lodger
}

func (h *House) Let(name string) *Lodger {
	h.mu.Lock()
	defer h.mu.Unlock()
	l := &Lodger{name: name, landlord: h}
	if h.lodgers == nil {
		h.lodgers = make(map[string]*Lodger)
	}
	h.lodgers[name] = l
	return l
}

func (h *House) TurnOut(limit int) {
${out}
}

func (h *House) Left(l *Lodger) {
	h.mu.Lock()
	delete(h.lodgers, l.name)
	h.mu.Unlock()
}
`;
}

describe('concurrency: what callers do with a value', () => {
  it('they write down what works on it', async () => {
    deepStrictEqual(await found(mill('')), ['waitgroup-missing-done m.open.Wait()']);
    deepStrictEqual(await found(mill('\t\t\ts.Ground()')), []);
  });

  it('each of several may take out what it has put in', async () => {
    deepStrictEqual(await found(lock('\tif len(l.boats) == 0 {\n\t\tl.empty.Broadcast()\n\t}')), []);
  });

  it('what they give may be what somebody waits for', async () => {
    deepStrictEqual(await found(radio), []);
  });

  it('a list of what a value works with is no list of options', async () => {
    deepStrictEqual(await found(press('break')), ['double-send o.answer <- nil']);
    deepStrictEqual(await found(press('return')), []);
  });

  it('they put in several before they wait', async () => {
    deepStrictEqual(await found(farm('')), ['waitgroup-missing-done f.left.Wait()']);
    deepStrictEqual(await found(farm('\t\ts.field.left.Done()')), []);
  });

  it('what was put in before comes back to the value', async () => {
    const locked =
      '\th.mu.Lock()\n\tdefer h.mu.Unlock()\n\tfor _, l := range h.lodgers {\n\t\tif l.owes > limit {\n\t\t\tl.Leave()\n\t\t}\n\t}';
    const later =
      '\tvar out []*Lodger\n\th.mu.Lock()\n\tfor _, l := range h.lodgers {\n\t\tif l.owes > limit {\n\t\t\tout = append(out, l)\n\t\t}\n\t}\n\th.mu.Unlock()\n\tfor _, l := range out {\n\t\tl.Leave()\n\t}';
    deepStrictEqual(await found(house(locked)), ['double-lock h.mu.Lock()']);
    deepStrictEqual(await found(house(later)), []);
  });
});
