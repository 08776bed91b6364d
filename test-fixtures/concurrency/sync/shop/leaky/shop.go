// Package leaky builds the catalog and the price list of a shop when they are first needed.
package leaky

import "sync"

var assortment = [...]string{"lamp", "desk", "gift"}

// Catalog has the articles that can be ordered.
type Catalog struct {
	build    sync.Once
	articles []string
	prices   *PriceList
}

// PriceList has a price for each article.
type PriceList struct {
	build   sync.Once
	cents   map[string]int
	catalog *Catalog
}

// Open returns the two halves of a shop.
func Open() (*Catalog, *PriceList) {
	c, p := new(Catalog), new(PriceList)
	c.prices, p.catalog = p, c
	return c, p
}

// Articles returns the articles that have a price.
func (c *Catalog) Articles() []string {
	c.build.Do(func() { // blocked: once-recursion
		for _, article := range assortment {
			if c.prices.Of(article) > 0 {
				c.articles = append(c.articles, article)
			}
		}
	})
	return c.articles
}

// Of returns the price of an article in cents.
func (p *PriceList) Of(article string) int {
	p.build.Do(p.calculate) // blocked: once-recursion
	return p.cents[article]
}

func (p *PriceList) calculate() {
	p.cents = make(map[string]int)
	for _, article := range p.catalog.Articles() {
		p.cents[article] = 100 * len(article)
	}
}
