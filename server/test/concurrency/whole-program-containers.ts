/** Pairs of tests in which it matters what containers of the standard library hold. */
import type { Pair } from './whole-program-shapes.ts';

const QUEUE = `type waiter struct {
	n     int
	ready chan struct{}
}

type semaphore struct {
	mu      sync.Mutex
	free    int
	waiters list.List
}

func (s *semaphore) acquire(n int) {
	s.mu.Lock()
	if s.free >= n && s.waiters.Len() == 0 {
		s.free -= n
		s.mu.Unlock()
		return
	}
	w := &waiter{n: n, ready: make(chan struct{})}
	s.waiters.PushBack(w)
	s.mu.Unlock()
	<-w.ready // leak: close-skipped|receive-without-sender
}

func (s *semaphore) release(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free += n
	for e := s.waiters.Front(); e != nil; e = s.waiters.Front() {
		w := e.Value.(*waiter)
		if s.free < w.n {
			return
		}
		s.free -= w.n
		s.waiters.Remove(e)
		close(w.ready)
	}
}
`;

const TABLE = `type calls struct{ waiting sync.Map }

func (c *calls) ask(id int) chan string {
	ch := make(chan string)
	c.waiting.Store(id, ch)
	return ch
}

func (c *calls) answer(id int, text string) {
	if ch, ok := c.waiting.LoadAndDelete(id); ok {
		ch.(chan string) <- text
	}
}

func (c *calls) end() {
	c.waiting.Range(func(id, ch any) bool {
		close(ch.(chan string))
		c.waiting.Delete(id)
		return true
	})
}
`;

const JOBS = `type job struct {
	priority int
	done     chan struct{}
}

type jobs []*job

func (j jobs) Len() int           { return len(j) }
func (j jobs) Less(a, b int) bool { return j[a].priority < j[b].priority }
func (j jobs) Swap(a, b int)      { j[a], j[b] = j[b], j[a] }
func (j *jobs) Push(x any)        { *j = append(*j, x.(*job)) }
func (j *jobs) Pop() any {
	old := *j
	last := old[len(old)-1]
	*j = old[:len(old)-1]
	return last
}

func wait(j *job) {
	<-j.done // leak: close-skipped|receive-without-sender
}
`;

const LEAK = / \/\/ leak.*/g;

export const PROGRAMS_WITH_CONTAINERS: Pair[] = [
  {
    title: 'a list of those who wait',
    leaky: `${QUEUE}
func TestAcquire(t *testing.T) {
	s := &semaphore{free: 2}
	s.acquire(2)
	go s.acquire(2)
	time.Sleep(time.Millisecond)
	s.release(1)
}
`,
    fixed: `${QUEUE.replace(LEAK, '')}
func TestAcquire(t *testing.T) {
	s := &semaphore{free: 2}
	s.acquire(2)
	go s.acquire(2)
	time.Sleep(time.Millisecond)
	s.release(1)
	s.release(1)
}
`,
  },
  {
    title: 'a sync.Map of those who wait',
    leaky: `${TABLE}
func TestAsk(t *testing.T) {
	c := &calls{}
	first, second := c.ask(1), c.ask(2)
	go func() { <-first }()
	go func() {
		<-second // leak: close-skipped|receive-without-sender
	}()
	c.answer(1, "yes")
	c.answer(3, "no")
}
`,
    fixed: `${TABLE}
func TestAsk(t *testing.T) {
	c := &calls{}
	first, second := c.ask(1), c.ask(2)
	go func() { <-first }()
	go func() { <-second }()
	c.answer(1, "yes")
	c.answer(3, "no")
	c.end()
}
`,
  },
  {
    title: 'a pool hands out what was put back',
    leaky: `var sinks = sync.Pool{New: func() any { return make(chan int, 1) }}

func TestPool(t *testing.T) {
	ch := sinks.Get().(chan int)
	ch <- 1
	sinks.Put(ch)
	go func() {
		sinks.Get().(chan int) <- 2 // leak: abandoned-send|surplus-senders|producer-outlives-consumer
	}()
}
`,
    fixed: `var sinks = sync.Pool{New: func() any { return make(chan int, 1) }}

func TestPool(t *testing.T) {
	ch := sinks.Get().(chan int)
	ch <- 1
	<-ch
	sinks.Put(ch)
	go func() {
		sinks.Get().(chan int) <- 2
	}()
}
`,
  },
  {
    title: 'what is in a slice is looked for',
    leaky: `func TestRemove(t *testing.T) {
	names := []string{"a", "b", "c"}
	names = slices.DeleteFunc(names, func(s string) bool { return s == "b" })
	names = slices.Insert(names, 1, "d")
	done := make(chan struct{})
	go func() {
		<-done // leak: close-skipped|receive-without-sender
	}()
	if slices.Contains(names, "b") || slices.Index(names, "c") != 2 {
		close(done)
	}
}
`,
    fixed: `func TestRemove(t *testing.T) {
	names := []string{"a", "b", "c"}
	names = slices.DeleteFunc(names, func(s string) bool { return s == "b" })
	names = slices.Insert(names, 1, "d")
	done := make(chan struct{})
	go func() {
		<-done
	}()
	if !slices.Contains(names, "b") && slices.Index(names, "c") == 2 {
		close(done)
	}
}
`,
  },
  {
    title: 'what comes first is on top of a heap',
    leaky: `${JOBS}
func TestJobs(t *testing.T) {
	q := &jobs{}
	for _, p := range []int{3, 1, 2} {
		j := &job{priority: p, done: make(chan struct{})}
		heap.Push(q, j)
		if p == 3 {
			go wait(j)
		}
	}
	for range 2 {
		close(heap.Pop(q).(*job).done)
	}
}
`,
    fixed: `${JOBS.replace(LEAK, '')}
func TestJobs(t *testing.T) {
	q := &jobs{}
	for _, p := range []int{3, 1, 2} {
		j := &job{priority: p, done: make(chan struct{})}
		heap.Push(q, j)
		if p == 1 {
			go wait(j)
		}
	}
	for range 2 {
		close(heap.Pop(q).(*job).done)
	}
}
`,
  },
  {
    title: 'a heap is a field',
    leaky: `${JOBS}
type scheduler struct{ queue jobs }

func TestScheduler(t *testing.T) {
	s := &scheduler{}
	low := &job{priority: 2, done: make(chan struct{})}
	heap.Push(&s.queue, low)
	heap.Push(&s.queue, &job{priority: 1, done: make(chan struct{})})
	go wait(low)
	for s.queue.Len() > 1 {
		close(heap.Pop(&s.queue).(*job).done)
	}
}
`,
    fixed: `${JOBS.replace(LEAK, '')}
type scheduler struct{ queue jobs }

func TestScheduler(t *testing.T) {
	s := &scheduler{}
	low := &job{priority: 2, done: make(chan struct{})}
	heap.Push(&s.queue, low)
	heap.Push(&s.queue, &job{priority: 1, done: make(chan struct{})})
	go wait(low)
	for s.queue.Len() > 0 {
		close(heap.Pop(&s.queue).(*job).done)
	}
}
`,
  },
];
