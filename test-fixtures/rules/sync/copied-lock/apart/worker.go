package apart

import "sync"

func workOne(group sync.WaitGroup, work func()) { // want "copied-lock: .*copy of `group`"
	defer group.Done()
	work()
}
