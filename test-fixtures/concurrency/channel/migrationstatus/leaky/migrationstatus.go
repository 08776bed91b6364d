package leaky

import "fmt"

// Step is one change of a schema.
type Step struct {
	Name  string
	Apply func() error
}

// Status is how a migration ended.
type Status struct {
	Last string
	Err  error
}

// Migrator applies steps in order.
type Migrator struct {
	Steps []Step
	Log   func(string)
}

// Migrate applies all steps in the background and waits for the outcome.
func (m *Migrator) Migrate() error {
	outcome := make(chan Status)
	go m.apply(outcome)
	status := <-outcome
	m.log("last step: " + status.Last)
	return status.Err
}

func (m *Migrator) apply(outcome chan<- Status) {
	var status Status
	defer func() {
		if r := recover(); r != nil {
			status.Err = fmt.Errorf("step %s: %v", status.Last, r)
		}
		outcome <- status // blocked: double-send
	}()
	for _, step := range m.Steps {
		status.Last = step.Name
		if err := step.Apply(); err != nil {
			outcome <- Status{Last: step.Name, Err: fmt.Errorf("step %s: %w", step.Name, err)}
			return
		}
	}
}

func (m *Migrator) log(text string) {
	if m.Log != nil {
		m.Log(text)
	}
}
