// Package diff compares two results of one unit, or two batches: what moved,
// and why.
//
// What moved is read off the results. Why is found by computing again: the old
// case as it was, then with the new seed, then with one change of the inputs
// after the other, until it is the new case. Each step is credited with what
// it moves, so that the steps add up to the whole. What is left over was
// computed by another version of the program, or with other cases.
//
// The package opens no file. How a case is computed comes in as a function.
package diff
