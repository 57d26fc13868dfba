package casestudies

import (
	"regexp"
	"strconv"
	"time"
)

// The years that a date may lie in. There is no clock here: a case may be
// written ahead of one.
const (
	minYear = 1980
	maxYear = 2100
)

var dateForm = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`)

// validDate reports whether s is a year, a month or a day that exists.
func validDate(s string) bool {
	if !dateForm.MatchString(s) {
		return false
	}
	if _, err := time.Parse("2006-01-02"[:len(s)], s); err != nil {
		return false
	}
	y := yearOf(s)
	return y >= minYear && y <= maxYear
}

// before reports whether date a is surely before date b: they are compared as
// far as both are known.
func before(a, b string) bool {
	n := min(len(a), len(b))
	return a[:n] < b[:n]
}

// yearOf returns the year of a date, 0 for none.
func yearOf(date string) int {
	if len(date) < 4 {
		return 0
	}
	y, err := strconv.Atoi(date[:4])
	if err != nil {
		return 0
	}
	return y
}
