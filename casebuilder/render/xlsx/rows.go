package xlsx

import (
	"strconv"

	"casebuilder/casebuilder/book"
)

// blockRows is the number of rows of a block that make one segment: about half
// a megabyte for 100 columns.
const blockRows = 64

// sheetRows returns the part of a sheet: the frame's head, the rows, the
// block's rows in segments of their own, the frame's tail.
func sheetRows(name string, head, tail []byte, s *book.Sheet, st *styles, t *texts) part {
	b := append([]byte(xmlHeaderOf(head)), head...)
	b = appendCells(b, s, st, t)
	if s.Block == nil {
		return part{name: name, segments: []segment{fixed(append(b, tail...))}}
	}
	p := part{name: name, segments: []segment{fixed(b)}}
	w := newBlockWriter(s.Block, st)
	w.left = leftOfBlock(s, st, t)
	for from := 0; from < s.Block.Rows; from += blockRows {
		to := min(from+blockRows, s.Block.Rows)
		p.segments = append(p.segments, func(b []byte) []byte { return w.appendRows(b, from, to) })
	}
	p.segments = append(p.segments, fixed(tail))
	return p
}

// xmlHeaderOf returns the XML declaration when the frame left it out.
func xmlHeaderOf(head []byte) string {
	if len(head) > 1 && head[0] == '<' && head[1] == '?' {
		return ""
	}
	return xmlHeader
}

// appendCells appends the rows outside the block.
func appendCells(b []byte, s *book.Sheet, st *styles, t *texts) []byte {
	rows, cols := s.Size()
	if s.Block != nil {
		rows = min(rows, s.Block.Row-1)
	}
	for row := 1; row <= rows; row++ {
		start := len(b)
		b = append(b, `<row r="`...)
		b = strconv.AppendInt(b, int64(row), 10)
		if h := s.Height(row); h > 0 {
			b = append(b, `" ht="`...)
			b = appendNumber(b, h)
			b = append(b, `" customHeight="1`...)
		} else if h := fittingHeight(s, row, cols); h > 0 {
			b = append(b, `" ht="`...)
			b = appendNumber(b, h)
		}
		b = append(b, `">`...)
		empty := len(b)
		for col := 1; col <= cols; col++ {
			if c := s.At(row, col); !c.Empty() {
				b = appendCell(b, row, col, c, st, t)
			}
		}
		if len(b) == empty && s.Height(row) == 0 {
			b = b[:start]
			continue
		}
		b = append(b, `</row>`...)
	}
	return b
}

// leftOfBlock returns the cells of the rows of a block that stand to its left.
// They are put together before the rows of the block, which are written side
// by side.
func leftOfBlock(s *book.Sheet, st *styles, t *texts) map[int][]byte {
	left := map[int][]byte{}
	rows, _ := s.Size()
	for row := s.Block.Row; row <= rows; row++ {
		var b []byte
		for col := 1; col < s.Block.Col; col++ {
			if c := s.At(row, col); !c.Empty() {
				b = appendCell(b, row, col, c, st, t)
			}
		}
		if len(b) > 0 {
			left[row] = b
		}
	}
	return left
}

// appendCell appends one cell with its type, style, formula and value.
func appendCell(b []byte, row, col int, c book.Cell, st *styles, t *texts) []byte {
	b = append(b, `<c r="`...)
	b = append(b, book.CellName(row, col)...)
	if id := st.id(c.Style); id > 0 {
		b = append(b, `" s="`...)
		b = strconv.AppendInt(b, int64(id), 10)
	}
	text, isText := c.Value.(string)
	truth, isBool := c.Value.(bool)
	switch {
	case isText && c.Formula != "":
		b = append(b, `" t="str`...)
	case isText:
		b = append(b, `" t="s`...)
	case isBool:
		b = append(b, `" t="b`...)
	}
	if c.Value == nil {
		return append(b, `"/>`...)
	}
	b = append(b, `">`...)
	if c.Formula != "" {
		b = append(b, `<f>`...)
		b = appendFormula(b, stored(c.Formula))
		b = append(b, `</f>`...)
	}
	b = append(b, `<v>`...)
	switch {
	case isText && c.Formula != "":
		b = appendText(b, text)
	case isText:
		b = strconv.AppendInt(b, int64(t.add(text)), 10)
	case isBool && truth:
		b = append(b, '1')
	case isBool:
		b = append(b, '0')
	default:
		b = appendNumber(b, c.Value.(float64))
	}
	return append(b, `</v></c>`...)
}

// appendNumber appends the shortest decimal that reads back as v, at most 17
// significant digits.
func appendNumber(b []byte, v float64) []byte {
	if v == 0 {
		return append(b, '0') // and not "-0"
	}
	return strconv.AppendFloat(b, v, 'g', -1, 64)
}
