package fixed

import "time"

type slowStore struct{}

func (slowStore) Grant(string, time.Duration) (int64, error) {
	time.Sleep(150 * time.Millisecond)
	return 1, nil
}

// Drive loses patience with a slow store.
func Drive() {
	k := NewKeeper(slowStore{}, time.Minute, 20*time.Millisecond)
	_, _ = k.Acquire("scheduler")
	k.Close()
}
