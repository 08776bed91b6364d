package condwait

// Both parts are asked again.
func (r *ring) tryLast() (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.slots) == 0 && !r.over {
		r.moved.Wait()
	}
	if r.over {
		return 0, errOver
	}
	if len(r.slots) > 0 {
		return r.slots[len(r.slots)-1], nil
	}
	return 0, nil
}

// Nothing is lost where there is nothing: the caller asks again.
func (r *ring) drain() ([]int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.slots) == 0 && !r.over {
		r.moved.Wait()
	}
	if r.over {
		return nil, errOver
	}
	var all []int
	for _, v := range r.slots {
		all = append(all, v+r.slots[0])
	}
	r.slots = r.slots[:0]
	return all, nil
}

// What is used has been filled by then.
func (r *ring) refill(fetch func() []int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.slots) == 0 && !r.over {
		r.moved.Wait()
	}
	if r.over {
		return 0
	}
	r.slots = append(fetch(), 1)
	return r.slots[0]
}

// A method looks.
func (r *ring) ensured() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.slots) == 0 && !r.over {
		r.moved.Wait()
	}
	if r.over || !r.isFilled() {
		return 0
	}
	return r.slots[0]
}

func (r *ring) isFilled() bool { return len(r.slots) > 0 }

// In a loop.
func (r *ring) first() (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.slots) == 0 && !r.over {
		r.moved.Wait()
	}
	if r.over && len(r.slots) == 0 {
		return 0, errOver
	}
	return r.slots[0], nil
}
