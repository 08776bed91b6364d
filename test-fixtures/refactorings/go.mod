module example.com/refactorings

go 1.26

require (
	go.uber.org/goleak v0.0.0
	golang.org/x/sync v0.0.0
)

replace (
	go.uber.org/goleak => ./stubs/go.uber.org/goleak
	golang.org/x/sync => ./stubs/golang.org/x/sync
)
