package xlsx_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/render/xlsx"
)

// bigBook is as large as the default workbook may become: 23 columns of draws,
// and formula columns of about 60 characters, of which every fifth reads
// another sheet and must be written out in every row; two fifths hold 0 or 1,
// or are zero every second time, as switches and losses are.
func bigBook(trials, columns int) *book.Book {
	b := specimen(8)
	r := rand.New(rand.NewPCG(1, 2))
	column := func(f func() float64) []float64 {
		v := make([]float64, trials)
		for i := range v {
			v[i] = f()
		}
		return v
	}
	draws, sheet := b.Add("Big draws", book.Evidence), b.Add("Big trials", book.Calculation)
	draws.Title, draws.Purpose, sheet.Title, sheet.Purpose = "Draws", "Evidence.", "Trials", "Calculation."
	draws.Block = &book.Block{Row: 6, Col: 1, Rows: trials}
	for range 23 {
		v := column(func() float64 { return math.Round(r.NormFloat64()*1e6) / 1e6 })
		draws.Block.Columns = append(draws.Block.Columns, book.Column{Values: v, Format: book.Six})
	}
	sheet.Block = &book.Block{Row: 6, Col: 2, Rows: trials}
	for c := range columns {
		name := book.ColumnName(2 + c)
		f := "IF(AND($A6<" + name + "$4," + name + "$5>0),EXP(" + name + "$2+" + name + "$3*$A6)*(1-$A6),0)"
		if c%5 == 4 {
			f = "IF(" + name + "$5>0,EXP(" + name + "$2+" + name + "$3*'Big draws'!" + book.ColumnName(1+c%23) + "6),0)"
		}
		v := column(func() float64 {
			switch {
			case c%5 == 0:
				return float64(r.IntN(2))
			case c%5 == 1 && r.IntN(2) == 0:
				return 0
			}
			return math.Exp(10 + r.NormFloat64())
		})
		sheet.Block.Columns = append(sheet.Block.Columns, book.Column{Formula: f, Values: v, Format: book.Whole})
	}
	return b
}

func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{60, 100} {
		b.Run(fmt.Sprintf("4096x%d", n), func(b *testing.B) {
			bk := bigBook(4096, n)
			var size int64
			b.ReportAllocs()
			for b.Loop() {
				w := &counter{}
				if err := xlsx.Write(w, bk, xlsx.WriteOptions{}); err != nil {
					b.Fatal(err)
				}
				size = w.n
			}
			b.ReportMetric(float64(size)/1e6, "MB/file")
		})
	}
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}

// Reading the sheets that a reviewer edits does not unpack the big ones.
func BenchmarkReadInputs(b *testing.B) {
	bk := bigBook(4096, 100)
	inputs := bk.Sheet("Inputs")
	for row := 14; row < 300; row++ {
		inputs.SetRow(row, 1, book.Text(fmt.Sprintf("option.core.initiative-%d", row), book.ID), book.Text("An initiative with a name", book.Label),
			book.Text("GBP", book.Unit), book.Number(12345.678, book.Filed, book.Whole), book.Cell{}, book.Cell{}, book.Cell{}, book.Cell{},
			book.Formula("D6", 2400000.0, book.Calc, book.Whole), book.Text("a source of some length, with a date", book.Prose))
	}
	var out bytes.Buffer
	if err := xlsx.Write(&out, bk, xlsx.WriteOptions{}); err != nil {
		b.Fatal(err)
	}
	file := bytes.NewReader(out.Bytes())
	b.ReportAllocs()
	for b.Loop() {
		f, err := xlsx.Open(file, file.Size(), xlsx.ReadOptions{})
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range []string{"Inputs", "Review", "Changes", "Sources"} {
			if _, err := f.Grid(name); err != nil {
				b.Fatal(err)
			}
		}
	}
}
