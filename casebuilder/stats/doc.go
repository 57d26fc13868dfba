// Package stats holds the mathematics that has no security nouns in it:
// low-discrepancy draws, quantiles, simulated years, and the Bayesian
// log-linear regression. It reads no clock and no global generator: seeds come
// in as arguments.
package stats
