package leaky

// Drive asks for a host that is being drained and then takes its route away.
func Drive() {
	r := NewRouter("default:80")
	r.Replace(Route{Suffix: ".shop", Backend: "shop:80"}, Route{Suffix: ".old", Backend: "old:80", Draining: true})
	r.Lookup("www.shop")
	r.Lookup("www.old")
	r.Replace(Route{Suffix: ".shop", Backend: "shop:80"})
}
