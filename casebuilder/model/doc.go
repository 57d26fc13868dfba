// Package model writes the business case down as quantities: what the company
// is, how often something happens, what an incident costs and whom, what the
// options cost and avoid, and what follows for the decision. It then runs the
// trials and hands over results.
//
// Every formula stands here once, as an expression tree (package quantity);
// the numbers, the workbook's formulas and the explanations are read from it.
// The package opens no file and knows no paper.
package model
