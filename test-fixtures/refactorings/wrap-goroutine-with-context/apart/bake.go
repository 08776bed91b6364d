package apart

import "context"

func bake(ctx context.Context, ovens []string) {
	keepWarm(ovens, func(oven string) { println(oven) })
	<-ctx.Done()
}
