/** `context.AfterFunc` where somebody may stop it: one of the two, the function or who stops it, comes first. */
export const CONTEXT = `package context

import base "context"

func AfterFunc(ctx base.Context, f func()) func() bool {
	decided := false
	stopped := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
			if !decided {
				decided = true
				f()
			}
		case <-stopped:
		}
	}()
	return func() bool {
		if decided {
			return false
		}
		decided = true
		close(stopped)
		return true
	}
}
`;
