// Package workbook lays a case out as a live workbook: typed sheets in which
// every calculated cell is the formula of its quantity, with the engine's
// number as its cached value. It also reads a reviewed workbook back.
//
// It decides what stands where and knows no file format: package book holds
// the sheets, render/xlsx writes and reads them. Formulas come from the
// quantity graph; none is written here that computes a figure of the case.
package workbook
