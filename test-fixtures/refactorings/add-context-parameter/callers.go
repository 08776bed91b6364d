package fetch

import ctxpkg "context"

func fetchAll(ctx ctxpkg.Context, names []string) error {
	for _, n := range names {
		if err := fetch(n); err != nil {
			return err
		}
	}
	return ctx.Err()
}
