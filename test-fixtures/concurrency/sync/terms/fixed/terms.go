// Package fixed lets followers wait for the term of an election.
package fixed

import "sync"

type election struct {
	sync.Mutex
	changed *sync.Cond
	term    int
	leader  string
	arrived sync.WaitGroup
}

func newElection(followers int) *election {
	e := &election{}
	e.changed = sync.NewCond(e)
	e.arrived.Add(followers)
	return e
}

func (e *election) await(term int) string {
	e.Lock()
	defer e.Unlock()
	e.arrived.Done()
	for e.term < term {
		e.changed.Wait()
	}
	return e.leader
}

func (e *election) win(term int, leader string) {
	e.Lock()
	defer e.Unlock()
	if term <= e.term {
		return
	}
	e.term, e.leader = term, leader
	e.changed.Broadcast()
}

type follower struct {
	name   string
	leader string
}

func (f *follower) follow(e *election, wg *sync.WaitGroup) {
	defer wg.Done()
	f.leader = e.await(2)
}

// Run elects a leader whom three followers wait for.
func Run() {
	cluster := []*follower{{name: "a"}, {name: "b"}, {name: "c"}}
	e := newElection(len(cluster))
	var wg sync.WaitGroup
	for _, f := range cluster {
		wg.Add(1)
		go f.follow(e, &wg)
	}
	e.arrived.Wait()
	e.win(2, cluster[0].name)
	wg.Wait()
}
