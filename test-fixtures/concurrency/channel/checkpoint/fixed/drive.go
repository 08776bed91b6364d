package fixed

import (
	"errors"
	"runtime"
)

type badSink struct{ sync error }

func (badSink) Write(string, []byte) error { return errors.New("disk full") }
func (s badSink) Sync() error              { return s.sync }

// Drive saves to a full disk, once with and once without a sync that works.
func Drive() {
	sections := []Section{{"keys", func() []byte { return []byte("a=1") }}}
	for _, sync := range []error{nil, errors.New("device is gone")} {
		c := &Checkpointer{Sink: badSink{sync}, Sections: sections}
		_ = c.Save(runtime.Gosched)
	}
}
