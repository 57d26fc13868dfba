package xlsx

import (
	"math"
	"strings"

	"casebuilder/casebuilder/book"
)

// The height of a row in points: that of an empty row, and of each line of
// body text.
const (
	rowHeight  = 15
	lineHeight = 12.75
	rowSpace   = 2.25
)

// defaultWidth is the width of a column that sets none, in characters.
const defaultWidth = 9

// fittingHeight returns the height that a row needs for its largest font and
// its wrapped texts, or 0 when the default is enough. Excel would fit the row
// itself, LibreOffice does not. The row is not marked as fixed, so a program
// that edits a cell in it fits it again.
func fittingHeight(s *book.Sheet, row, cols int) float64 {
	height := 0.0
	for col := 1; col <= cols; col++ {
		c := s.At(row, col)
		text, ok := c.Value.(string)
		if c.Value == nil {
			continue
		}
		lines := 1
		if ok && wraps(c.Style.Look) {
			width := defaultWidth * 1.0
			if col <= len(s.Widths) && s.Widths[col-1] > 0 {
				width = s.Widths[col-1]
			}
			lines = countLines(text, width, c.Style.Look == book.Header || c.Style.Look == book.HeaderRight)
		}
		line := lineHeight * fontSize(c.Style.Look) / bodySize
		height = max(height, line*float64(lines)+rowSpace)
	}
	if height <= rowHeight {
		return 0
	}
	return math.Min(math.Ceil(height*4)/4, 409) // quarter points; 409 is the most a row can have
}

// countLines estimates how many lines a text takes in a column of that width,
// in characters, breaking between words as the programs do.
func countLines(text string, width float64, bold bool) int {
	width -= 1 // the padding of a cell
	if width < 1 {
		width = 1
	}
	lines := 0
	for _, paragraph := range strings.Split(text, "\n") {
		lines++
		used := 0.0
		for i, word := range strings.Split(paragraph, " ") {
			w := textWidth(word)
			if bold {
				w *= 1.08
			}
			switch space := 0.5; {
			case i == 0:
				used = w
			case used+space+w <= width:
				used += space + w
			default:
				lines++
				used = w
			}
			for used > width { // a word longer than the line is broken
				lines++
				used -= width
			}
		}
	}
	return lines
}

// textWidth estimates the width of a text in Arial, in widths of a digit.
func textWidth(s string) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune("ijl'|.,:;!I", r):
			w += 0.5
		case strings.ContainsRune("ft()[]/-r\"", r):
			w += 0.62
		case strings.ContainsRune("mwMW@%", r):
			w += 1.6
		case r >= 'A' && r <= 'Z':
			w += 1.27
		case r >= 0x1100:
			w += 1.8
		default:
			w++
		}
	}
	return w
}
