module example.com/rules

go 1.26

require (
	example.com/pool v0.0.0
	golang.org/x/sync v0.0.0
)

replace (
	example.com/pool => ./stubs/example.com/pool
	golang.org/x/sync => ./stubs/golang.org/x/sync
)
