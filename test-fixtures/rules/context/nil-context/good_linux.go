package nilcontext

import "context"

func platformName(_ context.Context) string { return "linux" }
