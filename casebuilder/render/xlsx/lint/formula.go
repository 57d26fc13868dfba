package lint

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/efp"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/render/xlsx"
)

// allowed are the numbers that may stand in a formula (WB-10); -1 is a sign
// and 1.
var allowed = []float64{0, 1, 2, 12, 100, 365}

// banned are functions that must not be used, with the reason.
var banned = map[string]string{
	"OFFSET": "volatile", "INDIRECT": "volatile", "NOW": "volatile", "TODAY": "volatile", "RAND": "volatile",
	"RANDBETWEEN": "volatile", "RANDARRAY": "volatile", "CELL": "volatile", "INFO": "volatile",
	"NPV":    "its first payment is a year away",
	"CHOOSE": "INDEX picks a scenario", "IFS": "a stacked IF", "SWITCH": "a stacked IF",
	"IFERROR": "it swallows errors", "IFNA": "it swallows errors",
	"ARRAY": "an array constant",
}

// rounding are functions that lose digits; they may only make texts.
var rounding = []string{"ROUND", "ROUNDUP", "ROUNDDOWN", "MROUND", "INT", "TRUNC", "CEILING", "FLOOR", "EVEN", "ODD", "FIXED"}

// formula applies the rules for formulas to one of them.
func (c *checker) formula(sheet, at, formula string, makesText bool) {
	for _, name := range xlsx.Unprefixed(formula) {
		c.report(sheet, at, "function", "_xlfn."+name, name)
	}
	visible := strings.NewReplacer("_xlfn.", "", "_xlws.", "").Replace(formula)
	if n := utf8.RuneCountInString(visible); n > maxFormula || strings.Contains(formula, "\n") {
		c.report(sheet, at, "length", fmt.Sprintf("one line of at most %d characters", maxFormula), fmt.Sprintf("%d: %s", n, diag.Quote(visible)))
	}
	var open []string // the functions around the token at hand
	for _, t := range tokens(visible) {
		switch {
		case t.TType == efp.TokenTypeFunction && t.TSubType == efp.TokenSubTypeStart:
			name := strings.ToUpper(t.TValue)
			if why, ok := banned[name]; ok {
				c.report(sheet, at, "function", "a formula without "+name+" ("+why+")", diag.Quote(visible))
			}
			if slices.Contains(rounding, name) && !makesText {
				c.report(sheet, at, "rounding", "rounding for display only", diag.Quote(visible))
			}
			if name == "IF" && slices.Contains(open, "IF") {
				c.report(sheet, at, "nested IF", "no IF within an IF", diag.Quote(visible))
			}
			open = append(open, name)
		case t.TType == efp.TokenTypeFunction && t.TSubType == efp.TokenSubTypeStop && len(open) > 0:
			open = open[:len(open)-1]
		case t.TType == efp.TokenTypeOperand && t.TSubType == efp.TokenSubTypeNumber:
			if v, err := strconv.ParseFloat(t.TValue, 64); err != nil || !slices.Contains(allowed, v) {
				c.report(sheet, at, "number", "no numbers but 0, 1, -1, 2, 12, 100, 365", t.TValue+" in "+diag.Quote(visible))
			}
		case t.TType == efp.TokenTypeOperand && t.TSubType == efp.TokenSubTypeRange:
			c.operand(sheet, at, t.TValue, visible)
		case t.TType == efp.TokenTypeOperand && t.TSubType == efp.TokenSubTypeError:
			c.report(sheet, at, "error value", "no error values", diag.Quote(visible))
		}
	}
}

// tokens cuts a formula up; a formula that the tokenizer cannot take gives none.
func tokens(formula string) (out []efp.Token) {
	defer func() {
		if recover() != nil {
			out = nil
		}
	}()
	p := efp.ExcelParser()
	return p.Parse(formula)
}

// operand checks that a reference is to cells of this workbook, and no name.
func (c *checker) operand(sheet, at, ref, formula string) {
	if strings.Contains(ref, "[") {
		c.report(sheet, at, "reference", "cells of this workbook by address", ref)
		return
	}
	cells := ref[strings.LastIndexByte(ref, '!')+1:]
	refs := book.References(cells)
	if len(refs) == 0 || refs[0].Start != 0 || refs[len(refs)-1].End != len(cells) {
		c.report(sheet, at, "name", "no names in formulas", ref+" in "+diag.Quote(formula))
	}
}

// isNumber reports whether a text is nothing but a number.
func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && strings.Trim(s, "0123456789+-.eE") == ""
}
