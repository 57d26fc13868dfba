package xlsx

import (
	"strconv"
	"strings"

	"casebuilder/casebuilder/book"
)

// blockWriter writes the rows of a block. What is the same in every row of a
// column is put together once.
type blockWriter struct {
	block   *book.Block
	columns []blockColumn
	left    map[int][]byte // cells of the sheet to the left of the block, by row
}

// blockColumn is a column ready for writing: `<c r="B` and, after the row
// number, the pieces of its formula.
type blockColumn struct {
	open   string // `<c r="B`
	style  string // `" s="7">`
	first  string // what stands before the value in the first row, in place of pieces; "" to use pieces
	pieces []piece
}

// piece is a text that is followed by the row number, plus add; add is not
// used after the last piece.
type piece struct {
	text string
	add  int
}

func newBlockWriter(b *book.Block, st *styles) *blockWriter {
	w := &blockWriter{block: b}
	shared := 0
	for i, c := range b.Columns {
		name := book.ColumnName(b.Col + i)
		bc := blockColumn{
			open:  `<c r="` + name,
			style: `" s="` + strconv.Itoa(st.id(book.Style{Look: book.Bulk, Format: c.Format})) + `">`,
		}
		switch formula := stored(c.Formula); {
		case c.Formula == "":
			bc.pieces = []piece{{text: "<v>"}}
		case shareable(c.Formula) && b.Rows > 1:
			si := strconv.Itoa(shared)
			shared++
			area := name + strconv.Itoa(b.Row) + ":" + name + strconv.Itoa(b.Row+b.Rows-1)
			bc.first = `<f t="shared" ref="` + area + `" si="` + si + `">` + escapeFormula(formula) + `</f><v>`
			bc.pieces = []piece{{text: `<f t="shared" si="` + si + `"/><v>`}}
		default:
			bc.pieces = formulaPieces(formula, b.Row)
		}
		w.columns = append(w.columns, bc)
	}
	return w
}

// shareable reports whether a formula may be stored once for its column. Excel
// does not share formulas that refer to other sheets: with a relative
// reference it shows wrong cells or repairs the file (EPPlus issues #92 of
// JanKallman and #253 of EPPlusSoftware). It writes them out in every row, and
// so does the block.
func shareable(formula string) bool { return !strings.ContainsAny(formula, "![") }

// formulaPieces cuts a formula of the block's first row at its relative rows.
func formulaPieces(formula string, first int) []piece {
	var out []piece
	last := 0
	text := "<f>"
	for _, r := range book.References(formula) {
		if r.Row == 0 || r.RowAbs {
			continue
		}
		digits := r.End - len(strconv.Itoa(r.Row))
		text += escapeFormula(formula[last:digits])
		out = append(out, piece{text: text, add: r.Row - first})
		text, last = "", r.End
	}
	return append(out, piece{text: text + escapeFormula(formula[last:]) + "</f><v>"})
}

// appendRows appends the rows from (counted from 0) up to, not including, to.
func (w *blockWriter) appendRows(b []byte, from, to int) []byte {
	var digits [20]byte
	for i := from; i < to; i++ {
		row := w.block.Row + i
		number := strconv.AppendInt(digits[:0], int64(row), 10)
		b = append(b, `<row r="`...)
		b = append(b, number...)
		b = append(b, `">`...)
		b = append(b, w.left[row]...)
		for j := range w.columns {
			c := &w.columns[j]
			b = append(b, c.open...)
			b = append(b, number...)
			b = append(b, c.style...)
			if i == 0 && c.first != "" {
				b = append(b, c.first...)
			} else {
				for k, p := range c.pieces {
					b = append(b, p.text...)
					if k < len(c.pieces)-1 {
						b = strconv.AppendInt(b, int64(row+p.add), 10)
					}
				}
			}
			b = appendNumber(b, w.block.Columns[j].Values[i])
			b = append(b, `</v></c>`...)
		}
		b = append(b, `</row>`...)
	}
	return b
}
