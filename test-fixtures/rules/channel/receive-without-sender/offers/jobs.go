package offers

import "errors"

type Job struct {
	finished chan error
}

// Who comes late finds nothing.
func Start(work func() error) *Job {
	j := &Job{finished: make(chan error)}
	go func() {
		err := work()
		select {
		case j.finished <- err:
		default:
		}
	}()
	return j
}

func (j *Job) Wait() error {
	return <-j.finished // want "receive-without-sender"
}

func Nightly(jobs []func() error) error {
	var all error
	for _, work := range jobs {
		all = errors.Join(all, Start(work).Wait())
	}
	return all
}

// Each of several values may be the one that is dropped.
func lastOf(values []int) int {
	news := make(chan int)
	go func() {
		for _, v := range values {
			select {
			case news <- v:
			default:
			}
		}
	}()
	return <-news // want "receive-without-sender"
}
