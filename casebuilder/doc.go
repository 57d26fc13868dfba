// Package casebuilder joins the stages: a company's own numbers and the case
// library go into the model, its results into the papers.
//
//	company file ──> intake ──> company.Profile ──┐
//	                                              ├─> model (a graph of quantities) ──> results ─┬─> pitch ────> render/pdf
//	casestudies: cases, priors, comparables ──────┘                                              ├─> workbook ─> render/xlsx
//	                                                                                             └─> render/text, JSON
//
// Intake reads a company file into a Profile and says all that is wrong with
// it at once. The model writes the case down as quantities, each defined once
// as an expression tree, and runs the trials. Results hold every figure by its
// ID; the papers are drawn from them alone. The workbook shows the same trees
// as formulas, so that it recalculates to the same numbers.
package casebuilder
