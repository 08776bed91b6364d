/** Pairs of tests in which it matters what is called, and what a panic on the way skips. */
import type { Pair } from './whole-program-shapes.ts';

export const PROGRAMS_OF_FUNCTIONS: Pair[] = [
  {
    title: 'a method that a table holds as a function of its receiver',
    leaky: `type valve struct {
	open  bool
	turns chan string
}

var actions = map[string]func(v *valve, by string){
	"open":  (*valve).unlock,
	"close": func(v *valve, by string) { v.open = false },
}

func (v *valve) unlock(by string) {
	v.open = true
	v.turns <- "flush " + by // leak: abandoned-send
}

func (v *valve) run() {
	for name := range v.turns {
		if act := actions[name]; act != nil {
			act(v, "hand")
		}
	}
}

func TestValve(t *testing.T) {
	v := &valve{turns: make(chan string)}
	go v.run()
	v.turns <- "close"
	v.turns <- "open"
}
`,
    fixed: `type valve struct {
	open  bool
	turns chan string
}

var actions = map[string]func(v *valve, by string){
	"open":  (*valve).unlock,
	"close": func(v *valve, by string) { v.open = false },
}

func (v *valve) unlock(by string) {
	v.open = true
}

func (v *valve) run() {
	for name := range v.turns {
		if act := actions[name]; act != nil {
			act(v, "hand")
		}
	}
}

func TestValve(t *testing.T) {
	v := &valve{turns: make(chan string)}
	go v.run()
	v.turns <- "close"
	v.turns <- "open"
	close(v.turns)
}
`,
  },
  {
    title: 'a panic over nil from which a goroutine recovers before it has answered',
    leaky: `type store struct{ rows map[string]int }

func (s *store) rowsOf(table string) (int, error) {
	n, ok := s.rows[table]
	if !ok {
		return 0, fmt.Errorf("no table %q", table)
	}
	return n, nil
}

func ask(s *store, table string) <-chan int {
	answer := make(chan int)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				fmt.Println("ask:", r)
			}
		}()
		defer fmt.Println("asked")
		n, err := s.rowsOf(table)
		if err != nil {
			n = -1
		}
		answer <- n
	}()
	return answer
}

func TestAsk(t *testing.T) {
	for _, s := range []*store{{map[string]int{"users": 3}}, nil} {
		<-ask(s, "users") // leak: receive-without-sender
	}
}
`,
    fixed: `type store struct{ rows map[string]int }

func (s *store) rowsOf(table string) (int, error) {
	n, ok := s.rows[table]
	if !ok {
		return 0, fmt.Errorf("no table %q", table)
	}
	return n, nil
}

func ask(s *store, table string) <-chan int {
	answer := make(chan int)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				answer <- -1
			}
		}()
		defer fmt.Println("asked")
		n, err := s.rowsOf(table)
		if err != nil {
			n = -1
		}
		answer <- n
	}()
	return answer
}

func TestAsk(t *testing.T) {
	for _, s := range []*store{{map[string]int{"users": 3}}, nil} {
		<-ask(s, "users")
	}
}
`,
  },
];
