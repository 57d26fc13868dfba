package intake

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"
)

//go:embed sectors.csv
var sectorsCSV []byte

//go:embed starter_end.yaml
var starterEnd string

// sectorExamples holds invented, plausible values for each sector, by field, as
// people write them.
var sectorExamples = sync.OnceValue(func() map[string]map[string]string {
	records, err := csv.NewReader(bytes.NewReader(sectorsCSV)).ReadAll()
	if err != nil {
		panic(err) // of our own file; a test reads it
	}
	m := map[string]map[string]string{}
	for col, sector := range records[0][1:] {
		m[sector] = map[string]string{"company.sector": sector, "company.name": "Your company", "company.country": "GB", "company.currency": "GBP"}
		for _, record := range records[1:] {
			m[sector][record[0]] = record[col+1]
		}
	}
	return m
})

// Example returns invented, plausible values of a company of that sector: the
// required fields, by ID, as people write them. It is nil for what is no
// sector.
func Example(sector string) map[string]string { return maps.Clone(sectorExamples()[sector]) }

// Starter returns the text of a company file that runs as it stands: every
// field on a line of its own under a comment, what may be left out commented
// out, with example values of a sector. Answers, by ID and as people write
// them, take the place of the examples. The error is a diag.List.
func Starter(sector string, answers map[string]string) ([]byte, error) {
	values := Example(sector)
	if values == nil {
		return nil, diag.List{{Field: "company.sector", Want: "one of " + strings.Join(company.Sectors, ", "), Got: diag.Quote(sector), Hint: nearest(sector, company.Sectors)}}
	}
	for _, id := range slices.Sorted(maps.Keys(answers)) {
		if f := company.FieldByID(id); f == nil || strings.Contains(f.ID, "*") && !strings.HasSuffix(f.ID, ".loss") {
			return nil, diag.List{{Field: id, Want: "the ID of a field", Got: diag.Quote(id)}}
		}
		values[id] = answers[id]
	}
	w := &starter{values: values}
	w.b.WriteString(starterHead)
	w.sections(func(section string) bool { return section != "paper" })
	w.b.WriteString("\n" + w.fill(starterEnd))
	w.sections(func(section string) bool { return section == "paper" })
	return w.b.Bytes(), nil
}

const starterHead = `# yaml-language-server: $schema=company.schema.json
# The numbers of one company, or of one business unit, for casebuilder.
#
# The values are examples: replace them. A line that begins with # is left out
# and its default is used; take the # away to give it. casebuilder check FILE
# says what is wrong, and shows figures to check the numbers by. With
# casebuilder schema > company.schema.json your editor completes and checks.
#
# Numbers may be written 2400000, 2.4M, 900k, 1,200,000, 34% or 0.34. Where you
# are not sure, write a range with its source in place of a number:
#   retention: {low: 70%, mode: 78%, high: 84%, source: CRM export of May}
# Choose low and high so that you would as gladly bet on the truth lying between
# them as on drawing a white ball from a bag of nine white ones and a black one.

schema: 1
`

// starter writes a starter file.
type starter struct {
	b      bytes.Buffer
	first  bool              // the next field is the first of its block
	values map[string]string // by ID, as people write them
}

func (w *starter) line(indent int, s string) {
	if s != "" {
		w.b.WriteString(strings.Repeat("  ", indent) + s)
	}
	w.b.WriteByte('\n')
}

// comment writes a text as comment lines, which it wraps.
func (w *starter) comment(indent int, text string) {
	line := "#"
	for word := range strings.FieldsSeq(text) {
		if len([]rune(line))+1+len([]rune(word))+2*indent > 88 {
			w.line(indent, line)
			line = "#"
		}
		line += " " + word
	}
	w.line(indent, line)
}

// fill puts values into the places of a text.
func (w *starter) fill(text string) string {
	for _, id := range []string{"appetite.levels.1.loss", "appetite.levels.2.loss"} {
		text = strings.ReplaceAll(text, "{{"+id+"}}", yamlText(w.values[id]))
	}
	return text
}

// sections writes the sections of Fields that pass.
func (w *starter) sections(pass func(section string) bool) {
	open := ""
	for i := range company.Fields {
		f := &company.Fields[i]
		parts := strings.Split(f.ID, ".")
		if !pass(parts[0]) {
			continue
		}
		block := strings.Join(parts[:len(parts)-1], ".")
		if block != open {
			w.block(block, parts[:len(parts)-1])
			open = block
		}
		w.field(f, len(parts)-1)
	}
}

// block begins a block. One in which nothing is given is commented out.
func (w *starter) block(id string, path []string) {
	indent := len(path) - 1
	w.line(0, "")
	w.line(indent, w.mark(id)+path[indent]+":")
	w.first = true
}

// mark is "# " in front of a block in which nothing has a value.
func (w *starter) mark(block string) string {
	for id, v := range w.values {
		if v != "" && strings.HasPrefix(id, block+".") {
			return ""
		}
	}
	return "# "
}

// field writes one field under its comment.
func (w *starter) field(f *company.Field, indent int) {
	if !w.first {
		w.line(0, "")
	}
	w.first = false
	w.comment(indent, f.Help)
	write := "Write: " + f.Want
	if f.Kind == company.Words {
		write += " out of " + strings.Join(f.Words, ", ")
	}
	if f.Kind == company.Word {
		write = "Write: " + strings.Join(f.Words, ", ")
	}
	w.comment(indent, write+".")
	if f.Where != "" {
		w.comment(indent, "Find it: "+f.Where+".")
	}
	if s := leftOut(f); s != "" {
		w.comment(indent, "Left out: "+s+".")
	}
	value, ok := w.values[f.ID]
	switch {
	case ok && (f.Kind == company.Words || f.Kind == company.Texts):
		value = "[" + strings.Join(company.SplitList(value), ", ") + "]"
	case ok:
		value = yamlText(value)
	case f.Kind == company.Text:
		value = yamlText(f.Example)
	default:
		value = f.Example
	}
	mark := ""
	if !ok {
		mark = "# "
	}
	w.line(indent, fmt.Sprintf("%s%s: %s", mark, f.Key(), value))
}

// leftOut says what is used where a field is left out, "" where it is nothing.
func leftOut(f *company.Field) string {
	switch d := f.Default.(type) {
	case float64:
		return money.English.Format(f.Unit, money.Currency{}).Measured().Number(d) + ", " + f.Basis
	case bool:
		return map[bool]string{true: "yes", false: "no"}[d] + ", " + f.Basis
	case string:
		switch {
		case d == "":
			return ""
		case f.Kind == company.Text || f.Kind == company.Word:
			return d + ", " + f.Basis
		}
		return f.Basis
	}
	return ""
}

// TableColumn is one column of the unit table that init writes.
type TableColumn struct {
	Field   *company.Field
	Example string // of the row of an example, as people write it; "" leaves the cell empty
}

// UnitTable returns the columns of a unit table, the unit's name first, with an
// example row that runs as it stands. Options, appetite and texts come from the
// defaults of the batch; any other dotted ID can be added as a column.
func UnitTable() []TableColumn {
	values := Example("retail")
	values["company.unit"] = "Online shop"
	columns := []TableColumn{{company.FieldByID("company.unit"), values["company.unit"]}}
	for i := range company.Fields {
		f := &company.Fields[i]
		optional := slices.Contains([]string{"company.country", "company.positioning", "company.shared_platform", "economics.abroad_share",
			"marketing.voucher", "staffing.spare_capacity", "staffing.it", "staffing.security", "staffing.security_vacancies",
			"security.insurance.limit", "security.insurance.retention", "security.insurance.premium"}, f.ID)
		if f.Needed != "" || optional {
			columns = append(columns, TableColumn{f, values[f.ID]})
		}
	}
	return columns
}
