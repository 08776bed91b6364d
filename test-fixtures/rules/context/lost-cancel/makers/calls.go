package makers

import "context"

// What the other file makes, under names of which none tells.
func (c *caller) fetch(parent context.Context, name string) error {
	limited, _ := c.limits.of(parent, name) // want "lost-cancel: the cancel function of `c.limits.of` is discarded: the context, its timer"
	return c.send(limited, name)
}

func (c *caller) probe(parent context.Context, name string) error {
	limited, release := c.limits.of(parent, name) // want "lost-cancel: `release` is not called on every way out"
	if name == "" {
		return errUnknown
	}
	err := c.send(limited, name)
	release()
	return err
}

func (c *caller) ask(parent context.Context, name string) error {
	limited, release := c.limits.of(parent, name)
	defer release()
	return c.send(limited, name)
}

// The caller gets what has to be called.
func (c *caller) begin(parent context.Context, name string) (context.Context, func()) {
	limited, release := c.limits.of(parent, name)
	return limited, release
}

// Nothing was made: what is handed out does nothing.
func (c *caller) plain(parent context.Context, name string) error {
	as, _ := unlimited(parent)
	return c.send(as, name)
}
