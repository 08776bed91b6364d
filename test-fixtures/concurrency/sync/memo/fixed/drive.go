package fixed

// Drive resolves an alias.
func Drive() {
	r := NewResolver(map[string]string{"db1": "10.0.0.7", "db": "alias:db1"})
	_, _ = r.Resolve("db1")
	_, _ = r.Resolve("db2")
	_, _ = r.Resolve("db")
	_, _ = r.Resolve("db")
}
