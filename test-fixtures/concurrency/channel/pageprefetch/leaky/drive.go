package leaky

// Drive renders with a layout that exists and with one that does not.
func Drive() {
	r := &Renderer{
		Loader:  Loader{Load: func(key string) (string, error) { return "text of " + key, nil }},
		Layouts: map[string]string{"plain": "<p>{{body}}</p>"},
	}
	_, _ = r.Render("plain", "home")
	_, _ = r.Render("fancy", "home")
}
