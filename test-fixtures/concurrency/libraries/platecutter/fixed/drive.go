package fixed

import "errors"

type lost struct{}

func (lost) Read(string) (Plan, error) { return Plan{}, errors.New("no such plan") }

// Drive cuts a plate of which there is no plan.
func Drive() {
	w := NewWorkshop(1, lost{})
	_, _ = w.Cut("door")
	w.Close()
}
