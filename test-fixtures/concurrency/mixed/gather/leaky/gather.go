// Package leaky adds up the samples of several sensors.
package leaky

import "sync"

type sample struct {
	unit  string
	value float64
}

type sensor interface {
	read(emit func(s sample))
}

type thermometer []float64

func (t thermometer) read(emit func(s sample)) {
	for _, v := range t {
		emit(sample{unit: "°C", value: v})
	}
}

type rain struct{ total float64 }

func (r *rain) read(emit func(s sample)) {
	if r.total > 0 {
		emit(sample{"mm", r.total})
	}
}

type station struct {
	sensors []sensor
	samples chan sample
	tasks   sync.WaitGroup
	sums    map[string]float64
}

func (st *station) add() {
	defer st.tasks.Done()
	for s := range st.samples { // blocked: never-closed-range|close-skipped
		st.sums[s.unit] += s.value
	}
}

func (st *station) gather() map[string]float64 {
	st.tasks.Add(1)
	go st.add()
	for _, s := range st.sensors {
		st.tasks.Add(1)
		go func() {
			defer st.tasks.Done()
			s.read(func(v sample) { st.samples <- v })
		}()
	}
	st.tasks.Wait() // blocked: wait-before-drain|waitgroup-missing-done
	close(st.samples)
	return st.sums
}

// Run gathers the samples of two sensors.
func Run() {
	st := &station{
		sensors: []sensor{thermometer{18.5, 19}, &rain{total: 3.2}},
		samples: make(chan sample),
		sums:    make(map[string]float64),
	}
	if len(st.gather()) != 2 {
		panic("a unit is missing")
	}
}
