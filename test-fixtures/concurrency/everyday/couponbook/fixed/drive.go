package fixed

// Drive checks out with a book of two coupons.
func Drive() {
	var b Book
	b.Add("SPRING", 1)
	b.Add("WELCOME", 2)
	Checkout(&b)
}
