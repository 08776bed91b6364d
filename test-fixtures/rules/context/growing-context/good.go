package growingcontext

import (
	"context"
	"time"
)

type tag string

// A new variable on each turn.
func declared(ctx context.Context, messages <-chan message, handle func(context.Context)) {
	for m := range messages {
		ctx := context.WithValue(ctx, requestID{}, m.id)
		handle(ctx)
	}
}

// Each turn begins with the parent.
func fromParent(parent context.Context, messages <-chan message, handle func(context.Context)) {
	var ctx context.Context
	for m := range messages {
		ctx = context.WithValue(parent, requestID{}, m.id)
		handle(ctx)
	}
}

func reset(parent context.Context, messages <-chan message, handle func(context.Context)) {
	var ctx context.Context
	for m := range messages {
		ctx = parent
		ctx = context.WithValue(ctx, requestID{}, m.id)
		handle(ctx)
	}
}

// Many values for one context.
func allTags(ctx context.Context, tags map[string]string, handle func(context.Context)) {
	for name, value := range tags {
		ctx = context.WithValue(ctx, tag(name), value)
		handle(ctx)
	}
}

// Options: each comes once.
func options(ctx context.Context, args []string, run func(context.Context)) {
	for _, arg := range args {
		switch arg {
		case "short":
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, time.Second)
			defer cancel()
		case "named":
			ctx = context.WithValue(ctx, requestID{}, arg)
		}
		run(ctx)
	}
}

func conditional(ctx context.Context, messages <-chan message, handle func(context.Context)) {
	for range messages {
		if ctx.Value(requestID{}) == nil {
			ctx = context.WithValue(ctx, requestID{}, "first")
		}
		handle(ctx)
	}
}

// The loop is left with the context.
func first(ctx context.Context, messages <-chan message, handle func(context.Context)) {
	for m := range messages {
		ctx = context.WithValue(ctx, requestID{}, m.id)
		handle(ctx)
		break
	}
}

// A deep chain is what is wanted: nothing looks at the contexts in between.
func deep(ctx context.Context, n int) context.Context {
	for i := 0; i < n; i++ {
		ctx = context.WithValue(ctx, requestID{}, i)
	}
	return ctx
}

// Each has its own.
func each(workers []*worker, run func(context.Context)) {
	for _, w := range workers {
		w.ctx, w.cancel = context.WithCancel(w.ctx)
		run(w.ctx)
	}
}

// No loop.
func once(ctx context.Context, id string, handle func(context.Context)) {
	ctx = context.WithValue(ctx, requestID{}, id)
	handle(ctx)
}

// Each call of the literal has a context of its own.
func perCall(ctx context.Context, messages <-chan message, handle func(context.Context)) {
	for m := range messages {
		func(ctx context.Context) {
			ctx = context.WithValue(ctx, requestID{}, m.id)
			handle(ctx)
		}(ctx)
	}
}

type frame struct {
	kind, user string
	tags       []string
}

// One message of a kind says who is there, and holds for all that follow.
func session(ctx context.Context, next func() (frame, error), handle func(context.Context, frame)) error {
	for {
		f, err := next()
		if err != nil {
			return err
		}
		if f.kind == "hello" {
			ctx = context.WithValue(ctx, requestID{}, f.user)
		}
		handle(ctx, f)
	}
}

// Once only.
func firstUser(ctx context.Context, frames <-chan frame, handle func(context.Context, frame)) {
	var user string
	for f := range frames {
		if user == "" && f.user != "" {
			user = f.user
			ctx = context.WithValue(ctx, requestID{}, user)
		}
		handle(ctx, f)
	}
}

// As many as there are settings.
func settings(ctx context.Context, limits []time.Duration, handle func(context.Context)) {
	for _, limit := range limits {
		if limit > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, limit)
			defer cancel()
		}
		handle(ctx)
	}
}

// A variable of the turn.
func ofTheTurn(ctx context.Context, frames <-chan frame, handle func(context.Context, frame)) {
	for f := range frames {
		turn := ctx
		if f.user != "" {
			turn = context.WithValue(turn, requestID{}, f.user)
		}
		handle(turn, f)
	}
}
