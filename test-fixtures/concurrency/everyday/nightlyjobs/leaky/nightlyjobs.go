// Package leaky runs jobs in the background.
package leaky

import "errors"

// Job is work that was started.
type Job struct {
	Name     string
	finished chan error
}

// Start runs work in the background. Nobody has to wait for it.
func Start(name string, work func() error) *Job {
	j := &Job{Name: name, finished: make(chan error)}
	go func() {
		err := work()
		select {
		case j.finished <- err:
		default:
		}
	}()
	return j
}

// Wait returns the error of the job when it has come to its end.
func (j *Job) Wait() error {
	return <-j.finished // blocked: receive-without-sender
}

// Nightly starts all jobs and waits for them in the order of their names.
func Nightly(names []string, run func(name string) error) error {
	var jobs []*Job
	for _, name := range names {
		jobs = append(jobs, Start(name, func() error { return run(name) }))
	}
	var all error
	for _, job := range jobs {
		all = errors.Join(all, job.Wait())
	}
	return all
}
