package apart

import "context"

func call(ctx context.Context, try func(context.Context) error) (err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout) // want "zero-timeout: `timeout` has no unit"
	defer cancel()
	for range tries {
		if err = try(ctx); err == nil {
			return nil
		}
	}
	return err
}
