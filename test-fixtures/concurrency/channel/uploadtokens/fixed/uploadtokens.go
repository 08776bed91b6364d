package fixed

import (
	"errors"
	"fmt"
)

type limiter struct {
	tokens chan struct{}
}

func newLimiter(width int) limiter {
	l := limiter{tokens: make(chan struct{}, width)}
	for range width {
		l.release()
	}
	return l
}

func (l limiter) acquire() {
	<-l.tokens
}

func (l limiter) release() {
	l.tokens <- struct{}{}
}

type uploader struct {
	limiter
	put    func(part int) error
	stored []int
}

func (u *uploader) upload(part int) error {
	u.acquire()
	defer u.release()
	if err := u.put(part); err != nil {
		return fmt.Errorf("part %d: %w", part, err)
	}
	u.stored = append(u.stored, part)
	return nil
}

func (u *uploader) uploadAll(parts int) error {
	var failed []error
	for part := range parts {
		if err := u.upload(part); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// Run uploads parts of which every second is refused.
func Run() {
	u := &uploader{limiter: newLimiter(2), put: func(part int) error {
		if part%2 == 1 {
			return errors.New("checksum differs")
		}
		return nil
	}}
	_ = u.uploadAll(6)
}
