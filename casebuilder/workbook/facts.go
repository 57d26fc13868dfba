package workbook

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casestudies"
)

// Schema is the version of the sheets that are read back.
const Schema = 1

// Facts are what a workbook says of itself on About: what it was built from.
type Facts struct {
	Schema      int
	Tool        string // version of the program
	Fingerprint string // version of the case
	Library     string // version of the case library and the assumptions
	Trials      int
	Seed        uint64
	Filed       string // checksum of the filed values
}

// The labels of the facts on About.
const (
	factTrials  = "Trials and seed"
	factBuild   = "Build"
	factLibrary = "Case library"
	factFormat  = "Format"
)

// lines are the facts as About prints them: label and text.
func (f Facts) lines(cases int) [][2]string {
	return [][2]string{
		{factTrials, fmt.Sprintf("%d trials, seed %d", f.Trials, f.Seed)},
		{factBuild, "casebuilder " + f.Tool + ", version of the case " + f.Fingerprint},
		{factLibrary, fmt.Sprintf("%d cases, version %s", cases, f.Library)},
		{factFormat, fmt.Sprintf("sheets of version %d, checksum of the filed values %s", f.Schema, f.Filed)},
	}
}

// FactsOf reads the facts of a workbook; all are zero where there are none.
func FactsOf(s Sheets) Facts {
	if !IsReturned(s) {
		return Facts{}
	}
	about, err := s.Grid(aboutSheet)
	if err != nil {
		return Facts{}
	}
	return facts(about)
}

// facts reads what lines wrote. What is missing stays zero.
func facts(g *book.Grid) (f Facts) {
	text := map[string]string{}
	for _, r := range g.Rows {
		if label := strings.TrimSpace(g.At(r.Row, 1).Text); label != "" && text[label] == "" {
			text[label] = g.At(r.Row, 2).Text
		}
	}
	if n, seed, ok := strings.Cut(text[factTrials], " trials, seed "); ok {
		f.Trials, _ = strconv.Atoi(n)
		f.Seed, _ = strconv.ParseUint(seed, 10, 64)
	}
	if build, print, ok := strings.Cut(text[factBuild], ", version of the case "); ok {
		f.Tool, f.Fingerprint = strings.TrimPrefix(build, "casebuilder "), print
	}
	_, f.Library, _ = strings.Cut(text[factLibrary], "version ")
	if format, sum, ok := strings.Cut(text[factFormat], ", checksum of the filed values "); ok {
		f.Schema, _ = strconv.Atoi(strings.TrimPrefix(format, "sheets of version "))
		f.Filed = sum
	}
	return f
}

// facts are those of the case at hand.
func (m *maker) facts() Facts {
	r := m.c.Results
	f := Facts{Schema: Schema, Tool: r.Tool.Version, Fingerprint: r.Fingerprint, Trials: r.Trials, Seed: r.Seed,
		Library: LibraryVersion(m.c.Library().Fingerprint(), casestudies.AssumptionsFingerprint())}
	rows := &Returned{}
	sheets := builtSheets{m.b}
	if m.b.Sheet(estimatesSheet) != nil && rows.readInputs(sheets) == nil && rows.readEstimates(sheets) == nil {
		f.Filed = rows.Checksum().String()
	}
	return f
}

// LibraryVersion names a case library with the assumptions of the model, from
// the fingerprints of the two.
func LibraryVersion(library, assumptions string) string {
	h := sha256.Sum256([]byte(library + "\n" + assumptions))
	return hex.EncodeToString(h[:8])
}

// Checksum is a sum over rows: it does not depend on their order, and that of
// one row can be taken out of it.
type Checksum uint64

// String returns the sum as About prints it.
func (c Checksum) String() string { return fmt.Sprintf("%016x", uint64(c)) }

// Checksum of the filed values of a row.
func (r *Row) Checksum() Checksum {
	h := sha256.New()
	for _, s := range []string{r.ID, r.Unit, r.Source, r.Grade} {
		fmt.Fprintf(h, "%d:%s\n", len(s), s)
	}
	for _, c := range r.Filed {
		s := plainText(c.Read)
		fmt.Fprintf(h, "%d:%s\n", len(s), s)
	}
	return Checksum(binary.BigEndian.Uint64(h.Sum(nil)))
}

// Checksum of all filed values that are read back.
func (r *Returned) Checksum() Checksum {
	var sum Checksum
	for i := range r.Rows {
		if r.Rows[i].Known() {
			sum += r.Rows[i].Checksum()
		}
	}
	return sum
}

// filedDigits is how many digits of a filed number every program keeps.
const filedDigits = 12

// filedNumber cuts a computed number to the digits that every program keeps.
func filedNumber(v float64) float64 {
	cut, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', filedDigits, 64), 64)
	if err != nil {
		return v
	}
	return cut
}

// plainText is a value in one form for all programs that save workbooks: they
// keep 15 to 17 digits of a number, not all of them rounded well, and line
// ends differ.
func plainText(c book.Read) string {
	v, isNumber := c.Value.(float64)
	if !isNumber {
		return strings.ReplaceAll(strings.ReplaceAll(c.Text, "\r\n", "\n"), "\r", "\n")
	}
	if v == 0 {
		return "0" // without a sign
	}
	return strconv.FormatFloat(v, 'g', filedDigits, 64)
}
