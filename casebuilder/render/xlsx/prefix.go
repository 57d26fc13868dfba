package xlsx

import "strings"

// newer holds the functions that came after the file format and are stored
// with the prefix "_xlfn."; without it Excel shows #NAME? until the cell is
// entered again.
// Source: [MS-XLSX] Excel (.xlsx) Extensions, section 2.2.3, future functions.
var newer = wordSet(`
ACOT ACOTH AGGREGATE ARABIC BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE BINOM.INV BITAND BITLSHIFT BITOR
BITRSHIFT BITXOR BYCOL BYROW CEILING.MATH CEILING.PRECISE CHISQ.DIST CHISQ.DIST.RT CHISQ.INV CHISQ.INV.RT CHISQ.TEST
CHOOSECOLS CHOOSEROWS COMBINA CONCAT CONFIDENCE.NORM CONFIDENCE.T COT COTH COVARIANCE.P COVARIANCE.S CSC CSCH DAYS
DECIMAL DROP ERF.PRECISE ERFC.PRECISE EXPAND EXPON.DIST F.DIST F.DIST.RT F.INV F.INV.RT F.TEST FLOOR.MATH
FLOOR.PRECISE FORECAST.LINEAR FORMULATEXT GAMMA GAMMA.DIST GAMMA.INV GAMMALN.PRECISE GAUSS HSTACK HYPGEOM.DIST IFNA
IFS ISFORMULA ISOMITTED ISOWEEKNUM LAMBDA LET LOGNORM.DIST LOGNORM.INV MAKEARRAY MAP MAXIFS MINIFS MODE.MULT
MODE.SNGL MUNIT NEGBINOM.DIST NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION PERCENTILE.EXC
PERCENTILE.INC PERCENTRANK.EXC PERCENTRANK.INC PERMUTATIONA PHI POISSON.DIST QUARTILE.EXC QUARTILE.INC RANDARRAY
RANK.AVG RANK.EQ REDUCE RRI SCAN SEC SECH SEQUENCE SHEET SHEETS SKEW.P SORTBY STDEV.P STDEV.S SWITCH T.DIST
T.DIST.2T T.DIST.RT T.INV T.INV.2T T.TEST TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR UNICODE
UNIQUE VAR.P VAR.S VSTACK WEIBULL.DIST WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR Z.TEST`)

// newerSheet holds those that carry a second prefix, "_xlfn._xlws.".
var newerSheet = wordSet(`FILTER SORT`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// stored returns a formula as a file holds it: newer functions with their
// prefix. A formula that has the prefix already comes back unchanged.
func stored(formula string) string {
	return mapFunctions(formula, func(name string) string {
		switch upper := strings.ToUpper(name); {
		case newerSheet[upper]:
			return "_xlfn._xlws." + name
		case newer[upper]:
			return "_xlfn." + name
		}
		return name
	})
}

// Unprefixed returns the newer functions in a stored formula that lack their
// prefix, in order.
func Unprefixed(formula string) []string {
	var missing []string
	mapFunctions(formula, func(name string) string {
		if upper := strings.ToUpper(name); newer[upper] || newerSheet[upper] {
			missing = append(missing, name)
		}
		return name
	})
	return missing
}

// shown returns a formula as a person sees it, without prefixes.
func shown(formula string) string {
	if !strings.Contains(formula, "_xl") {
		return formula
	}
	return mapFunctions(formula, func(name string) string {
		for _, prefix := range []string{"_xlfn._xlws.", "_xlfn.", "_xlws."} {
			if len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix) {
				return name[len(prefix):]
			}
		}
		return name
	})
}

// mapFunctions replaces the function names of a formula; texts and sheet names
// in quotes stay as they are.
func mapFunctions(formula string, replace func(string) string) string {
	if strings.IndexByte(formula, '(') < 0 {
		return formula
	}
	var b strings.Builder
	start := -1 // of the word at hand
	quote := byte(0)
	for i := 0; i < len(formula); i++ {
		c := formula[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0 // a doubled quote opens again at once
			}
			b.WriteByte(c)
		case isName(c):
			if start < 0 {
				start = i
			}
		default:
			if start >= 0 {
				word := formula[start:i]
				if c == '(' {
					word = replace(word)
				}
				b.WriteString(word)
				start = -1
			}
			if c == '"' || c == '\'' {
				quote = c
			}
			b.WriteByte(c)
		}
	}
	if start >= 0 {
		b.WriteString(formula[start:])
	}
	return b.String()
}

func isName(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c >= 0x80
}
