package fixed

// Drive opens two shops; in one the catalog is read first, in the other the prices.
func Drive() {
	catalog, _ := Open()
	go catalog.Articles()
	_, prices := Open()
	go prices.Of("lamp")
}
