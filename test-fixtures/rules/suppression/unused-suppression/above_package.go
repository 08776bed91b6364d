//hygiene:ignore ticker-loop-never-ends all of this runs as long as the process // want "ticker-loop-never-ends finds nothing here"

package unusedsuppression

func nothing() {}
