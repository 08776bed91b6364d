//go:build go1.21

package makers

import "context"

// The first answer may end it before anything is stopped.
func (p pace) follow(ctx context.Context, ask func(context.Context) (bool, error)) error {
	beat := p.beats() // want "`beat` is not stopped on every way out: after the return on line 11 it goes on ticking"
	if done, err := ask(ctx); done || err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			beat.Stop()
			return ctx.Err()
		case <-beat.C:
			if done, err := ask(ctx); done || err != nil {
				beat.Stop()
				return err
			}
		}
	}
}

func (p pace) wait(ctx context.Context) error {
	beat := p.beats()
	defer beat.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-beat.C:
		return nil
	}
}

// Whoever asks for it has to stop it.
func (p pace) lend() (beat interface{ Stop() }) {
	return p.beats()
}
