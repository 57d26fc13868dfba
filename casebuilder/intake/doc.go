// Package intake reads company files: YAML, rows of CSV and XLSX unit tables,
// and the rows of a reviewed workbook. It is the only reader of company files.
//
// All of them become one tree of located values first, and that tree becomes a
// company.Profile in one place, so that a mistake has the same message wherever
// it stands. The readers keep going and return every problem at once, each with
// its file, line and column, or sheet and cell. What is read is untrusted: its
// size, depth and number of values are bounded, and no input makes the readers
// panic.
//
// The package also writes into company files (SetValue), and makes the starter
// file and the columns of unit tables. It opens no file by name.
package intake
