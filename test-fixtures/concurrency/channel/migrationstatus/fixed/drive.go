package fixed

import "errors"

// Drive runs a migration that works, one that panics and one that fails.
func Drive() {
	good := Step{"create", func() error { return nil }}
	_ = (&Migrator{Steps: []Step{good}}).Migrate()
	_ = (&Migrator{Steps: []Step{good, {"index", func() error { panic("no table") }}}}).Migrate()
	_ = (&Migrator{Steps: []Step{good, {"index", func() error { return errors.New("no column") }}, good}}).Migrate()
}
