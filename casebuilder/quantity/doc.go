// Package quantity is the heart of casebuilder: named quantities with units,
// each defined once as an expression tree over others, and the many readers of
// that one definition.
//
// A [Graph] is checked when it is built: unknown IDs, duplicates, cycles and
// units that do not fit are all reported then. From a graph come
//
//   - numbers, by [Graph.Run]: scalars, columns (one value a trial) and the
//     aggregates that turn a column into one number;
//   - the central case, by [Run.Central]: one row that follows the same trees
//     with every driver at its mean and every switch at its chance;
//   - spreadsheet formulas, by [Graph.Formula] and its siblings: the same
//     tree, written with the cell addresses that a [Names] gives;
//   - words, by [Graph.Words], for people.
//
// The engine and the workbook therefore cannot drift apart. The package knows
// nothing of security, sheets, files or clocks.
package quantity
