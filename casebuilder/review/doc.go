// Package review takes a workbook that came back and says what changed, who
// changed it, why, and what it does to the headline.
//
// It compares three ways, row by row: the value that was filed in the
// workbook, the company file as it is now, and the reviewer's own. What the
// reviewer alone has changed is taken in; where the company file has moved on
// as well, that is a conflict, which is listed and never guessed. Cells that
// are locked, and formulas, are compared with what was built, and changes of
// them are told and ignored.
//
// The package opens no file and prints nothing: the command line reads the
// workbook and shows the Report.
package review
