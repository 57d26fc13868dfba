// Package money reads numbers as people write them and prints them as people
// read them: amounts of a currency, shares, counts, times, dates.
//
// Reading is exact: "2.4M" is 2400000 and "78%" is the float64 nearest to 0.78.
// Printing rounds once, half away from zero on the decimal digits, to two
// significant figures for what a model computed and not at all for what was
// measured. A column of values shares one Scale. No other package formats
// numbers for people.
//
// The package knows no company and no model, and imports nothing of ours.
package money
