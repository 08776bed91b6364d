//go:build !linux

package nilcontext

import "context"

func platformName(ctx context.Context) string {
	name, _ := ctx.Value("platform").(string)
	return name
}
