package cli

import (
	"encoding/csv"
	"os"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// enter does what a reviewer does: enter BOOK.xlsx ENTRIES.csv REVIEWED.xlsx.
// A line of the entries is sheet, ID of the row, header of the column, value.
// Two headers stand for more: "edit" for Yours, with the reason, the name and
// the date behind the value, and "delete" for the whole row.
func enter(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: enter BOOK.xlsx ENTRIES.csv REVIEWED.xlsx")
	}
	in, err := os.Open(ts.MkAbs(args[1]))
	ts.Check(err)
	defer in.Close()
	lines := csv.NewReader(in)
	lines.FieldsPerRecord = -1
	entries, err := lines.ReadAll()
	ts.Check(err)
	book, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer book.Close()
	for _, e := range entries {
		sheet, id, head, values := e[0], e[1], e[2], e[3:]
		rows, err := book.GetRows(sheet)
		ts.Check(err)
		row, columns := findRow(rows, id)
		if row == 0 {
			ts.Fatalf("%s has no row %s", sheet, id)
		}
		heads := []string{head}
		switch head {
		case "delete":
			ts.Check(book.RemoveRow(sheet, row))
			continue
		case "edit":
			heads = []string{"Yours", "Reason", "Name", "Date"}
		}
		for i, value := range values {
			cell, err := excelize.CoordinatesToCellName(columns[heads[i]], row)
			ts.Check(err)
			if v, err := strconv.ParseFloat(value, 64); err == nil {
				ts.Check(book.SetCellValue(sheet, cell, v))
			} else if value != "" {
				ts.Check(book.SetCellValue(sheet, cell, value))
			}
		}
	}
	ts.Check(book.SaveAs(ts.MkAbs(args[2])))
}

// findRow finds a row by its ID, and the columns of its table by their
// headers; numbers count from 1.
func findRow(rows [][]string, id string) (row int, columns map[string]int) {
	for i, cells := range rows {
		switch {
		case len(cells) == 0:
		case cells[0] == "ID" && columns == nil:
			columns = map[string]int{}
			for j, head := range cells {
				columns[head] = j + 1
			}
		case cells[0] == id && columns != nil:
			return i + 1, columns
		}
	}
	return 0, nil
}
