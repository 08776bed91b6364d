package apart

import "errors"

func (t *task) wait() error {
	return <-t.ended // want "receive-without-sender"
}

func inOrder(tasks []func() error) (all error) {
	for _, run := range tasks {
		all = errors.Join(all, begin(run).wait())
	}
	return all
}

func (g *gate) enter() *pass {
	<-g.free // want "receive-without-sender"
	return &pass{g}
}
