package apart

import "sync"

func workAll(all []func()) {
	var group sync.WaitGroup
	for _, work := range all {
		group.Add(1)
		go workOne(group, work) // vet-only: told at the parameter
	}
	group.Wait()
}
