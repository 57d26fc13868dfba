package workbook

import (
	"slices"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casestudies"
)

// This file is the way of the company's values to the rows of Inputs and back.
// The rows hold everything but the accepted changes, which are on Changes: a
// workbook gives the profile that it was built from, also when its rows were
// sorted.

// What stands under Source where nobody named a source.
const (
	companyFile   = "company file"
	exampleFigure = "example figure"
	ofTheRange    = "middle of low and high"
	byDefault     = "default: "
)

const (
	ownFigure    = "own figure" // the grade of what the company gave
	defaultGrade = "default"
)

// sourceText is a company's own source as a row shows it: as it is, but in
// quotation marks where it would read as one of ours.
func sourceText(source, none string) string {
	switch {
	case source == "":
		return none
	case source == companyFile, source == exampleFigure, source == ofTheRange, strings.HasPrefix(source, byDefault), isQuoted(source):
		return "“" + source + "”"
	}
	return source
}

// SourceOf reads what sourceText wrote; "" where nobody named a source.
func SourceOf(text string) string {
	switch {
	case text == companyFile, text == exampleFigure, text == ofTheRange, strings.HasPrefix(text, byDefault):
		return ""
	case isQuoted(text):
		return strings.TrimSuffix(strings.TrimPrefix(text, "“"), "”")
	}
	return text
}

func isQuoted(s string) bool {
	return len(s) >= len("“”") && strings.HasPrefix(s, "“") && strings.HasSuffix(s, "”")
}

// reviewedBy names the reviewer of a value that has no source of its own in the
// company file, "" where nobody changed it.
func (m *maker) reviewedBy(id string) string {
	for _, h := range slices.Backward(m.opt.History) {
		if h.ID == id {
			return Credit(h.Who, h.Date, h.Reason)
		}
	}
	return ""
}

// Credit is the source of a value that a reviewer changed.
func Credit(who, date, reason string) string { return who + ", review of " + date + ": " + reason }

// Lists of IDs, a row each, keep the order of what has several rows.
const (
	optionsList   = "options"
	estimatesList = "estimates"
	ownershipList = "ownership"
)

func initiativesList(option string) string { return "options." + option + ".initiatives" }
func ownersList(line string) string        { return "ownership." + line }

// listEntry returns the row that keeps an order, where the first row of the
// list is about to be written.
func (m *maker) listEntry(before string, seen map[string]bool) []entry {
	p := &m.c.Results.Company
	var out []entry
	list := func(name, label string, ids []string) {
		if !seen[name] && len(ids) > 0 {
			seen[name] = true
			out = append(out, entry{id: name, label: label, unit: "text", value: company.JoinList(ids), source: m.ownSource(), grade: ownFigure})
		}
	}
	parts := strings.Split(before, ".")
	switch parts[0] {
	case optionsList:
		var ids []string
		for _, o := range p.Options {
			ids = append(ids, o.ID)
		}
		list(optionsList, "Options, in order", ids)
		for _, o := range p.Options {
			if o.ID != parts[1] {
				continue
			}
			var ids []string
			for _, i := range o.Initiatives {
				ids = append(ids, i.ID)
			}
			list(initiativesList(o.ID), "Initiatives, in order", ids)
		}
	case estimatesList:
		var ids []string
		for _, e := range p.Estimates {
			ids = append(ids, e.ID)
		}
		list(estimatesList, "Own estimates, in order", ids)
	case ownershipList:
		var lines []string
		for _, o := range p.Ownership {
			lines = append(lines, o.Line)
		}
		list(ownershipList, "Loss lines with owners of their own, in order", lines)
		for _, o := range p.Ownership {
			if o.Line != parts[1] {
				continue
			}
			var owners []string
			for _, s := range o.Shares {
				owners = append(owners, s.Owner)
			}
			list(ownersList(o.Line), "Owners, in order", owners)
		}
	}
	return out
}

// ownEstimate is the row of a company's own estimate of a driver, as its file
// gives it; that of a constant is the constant's own row.
func (m *maker) ownEstimate(e company.Entry, source string) []entry {
	of, part := company.SplitPart(strings.TrimPrefix(e.ID, "estimates."))
	name := of
	if of == company.EventProbability {
		name = company.EventRate
	}
	driver := id("driver." + name)
	if !m.has(driver) {
		return nil
	}
	q := m.quantity(driver)
	x := entry{id: e.ID, label: "Own estimate: " + q.Label, unit: m.unit(q.Unit), value: e.Number, format: estimateFormat(q), source: sourceText(source, m.ownSource()), grade: ownFigure, owner: q.Owner}
	if of == company.EventProbability {
		x.label, x.unit, x.format = "Own estimate: chance of an incident in a year", "share", book.Percent2
	}
	if part != "" {
		x.label += ", " + part
	}
	return []entry{x}
}

// filedSource is what stands as the source of a constant, or of an owner's
// share.
func (m *maker) filedSource(q quantity.Quantity) string {
	p := &m.c.Results.Company
	if line, owner, ok := strings.Cut(strings.TrimPrefix(string(q.ID), "ownership."), "."); ok && q.Group == "ownership" {
		for _, o := range p.Ownership {
			for _, s := range o.Shares {
				if o.Line == line && s.Owner == owner {
					return sourceText(s.Share.Source, m.ownSource())
				}
			}
		}
	}
	for _, e := range p.Estimates {
		if e.ID == string(q.ID) {
			return sourceText(e.Number.Source, m.ownSource())
		}
	}
	return m.source(q)
}

// Entries returns the filed values as company.Flatten made them of the
// company, with their places, in the order of the company file. Cells that
// hold no value of their kind are left out, with a problem each.
func (r *Returned) Entries() (entries []company.Entry, at []diag.Place, problems diag.List) {
	f := &filed{of: r, row: map[string]*Row{}, rank: map[string][]string{}}
	for i := range r.Rows {
		row := &r.Rows[i]
		if f.row[row.ID] == nil && !row.Driver {
			f.row[row.ID] = row
		}
	}
	f.ranks()
	for i := range r.Rows {
		if row := &r.Rows[i]; f.row[row.ID] == row {
			f.add(row)
		}
	}
	slices.SortStableFunc(f.list, func(a, b placed) int { return slices.Compare(a.rank, b.rank) })
	for _, p := range f.list {
		entries, at = append(entries, p.Entry), append(at, p.at)
	}
	return entries, at, f.problems
}

// filed gathers the entries of a workbook.
type filed struct {
	of       *Returned
	row      map[string]*Row
	rank     map[string][]string // IDs in order, by list
	list     []placed
	problems diag.List
}

type placed struct {
	company.Entry
	at   diag.Place
	rank []int
}

// ranks reads the lists of IDs; of a list that is gone, the order of the rows
// stands in.
func (f *filed) ranks() {
	for i := range f.of.Rows {
		if row := &f.of.Rows[i]; isList(row.ID) {
			f.rank[row.ID] = company.SplitList(row.Filed[0].Text)
		}
	}
	for i := range f.of.Rows {
		row := &f.of.Rows[i]
		parts := strings.Split(row.ID, ".")
		switch {
		case isList(row.ID):
		case parts[0] == optionsList && len(parts) > 2:
			f.member(optionsList, parts[1])
			if len(parts) > 3 {
				f.member(initiativesList(parts[1]), parts[2])
			}
		case parts[0] == estimatesList && len(parts) > 1:
			of, _ := company.SplitPart(strings.TrimPrefix(row.ID, "estimates."))
			f.member(estimatesList, of)
		case parts[0] == ownershipList && len(parts) == 3 && parts[2] == "reason":
			f.member(ownershipList, parts[1])
		case parts[0] == ownershipList && len(parts) == 3 && f.row[ownersList(parts[1])] == nil:
			if v, ok := row.Filed[0].Value.(float64); ok && v != 0 {
				f.member(ownersList(parts[1]), parts[2])
			}
		case f.isOwnConstant(row):
			f.member(estimatesList, row.ID)
		}
	}
}

// member makes sure that a list has a member.
func (f *filed) member(list, id string) {
	if !slices.Contains(f.rank[list], id) {
		f.rank[list] = append(f.rank[list], id)
	}
}

// isList reports whether a row holds a list of IDs.
func isList(id string) bool {
	parts := strings.Split(id, ".")
	switch parts[0] {
	case optionsList:
		return len(parts) == 1 || len(parts) == 3 && parts[2] == "initiatives"
	case ownershipList:
		return len(parts) <= 2
	}
	return id == estimatesList
}

func (f *filed) isOwnConstant(row *Row) bool {
	return row.Grade == ownFigure && IsConstant(row.ID)
}

// IsConstant reports whether an ID is that of a constant of the model.
func IsConstant(id string) bool {
	priors, err := casestudies.LoadPriors()
	if err != nil {
		return false
	}
	_, ok := priors.Constant(id)
	return ok
}

// entryKind returns the kind of a value of the company file; false for IDs
// that are none, the constants of the model among them.
func entryKind(id string) (company.Kind, bool) {
	if strings.HasPrefix(id, "estimates.") {
		return company.Quantity, true
	}
	if f := company.FieldByID(id); f != nil {
		return f.Kind, true
	}
	of, part := company.SplitPart(id)
	if f := company.FieldByID(of); part != "" && f != nil && f.Kind == company.Quantity {
		return company.Quantity, true
	}
	return 0, false
}

// add adds the value of a row, and its source.
func (f *filed) add(row *Row) {
	name := row.ID
	kind, ok := entryKind(name)
	if f.isOwnConstant(row) {
		name, kind, ok = "estimates."+name, company.Quantity, true
	}
	parts := strings.Split(name, ".")
	switch {
	case !ok, row.Source == ofTheRange && kind == company.Quantity:
		return
	case parts[0] == ownershipList && parts[2] != "reason" && !(slices.Contains(f.rank[ownershipList], parts[1]) && slices.Contains(f.rank[ownersList(parts[1])], parts[2])):
		return // the usual owners
	}
	e := company.Entry{ID: name, Kind: kind, Text: row.Filed[0].Text, Default: row.Grade == defaultGrade}
	if kind == company.Quantity {
		if e.Number, ok = row.Filed[0].Value.(float64); !ok {
			f.problems.Add(diag.Problem{Place: row.Filed[0].At, Field: row.ID, Want: "the number that was filed", Got: row.Filed[0].Shown()})
			return
		}
		e.Text = ""
	} else if e.Default = false; strings.TrimSpace(e.Text) == "" {
		f.problems.Add(diag.Problem{Place: row.Filed[0].At, Field: row.ID, Want: "the text that was filed", Got: row.Filed[0].Shown()})
		return
	}
	p := placed{e, row.Filed[0].At, f.rankOf(name)}
	f.list = append(f.list, p)
	of, part := company.SplitPart(name)
	if source := SourceOf(row.Source); source != "" && kind == company.Quantity && (part == "" || part == "low") {
		// Every row of a range shows its source; low is always there.
		if part == "" && f.row[name+".low"] != nil {
			return
		}
		p.Entry = company.Entry{ID: of + ".source", Kind: company.Text, Text: source}
		f.list = append(f.list, p)
	}
}

// rankOf is where an entry stands among those whose order counts.
func (f *filed) rankOf(name string) []int {
	parts := strings.Split(name, ".")
	at := func(list, id string) int { return slices.Index(f.rank[list], id) }
	switch {
	case parts[0] == optionsList && len(parts) > 3:
		return []int{1, at(optionsList, parts[1]), 1 + at(initiativesList(parts[1]), parts[2])}
	case parts[0] == optionsList:
		return []int{1, at(optionsList, parts[1]), 0}
	case parts[0] == estimatesList:
		of, _ := company.SplitPart(strings.TrimPrefix(name, "estimates."))
		return []int{2, at(estimatesList, of)}
	case parts[0] == ownershipList && parts[2] != "reason":
		return []int{3, at(ownershipList, parts[1]), at(ownersList(parts[1]), parts[2])}
	case parts[0] == ownershipList:
		return []int{3, at(ownershipList, parts[1])}
	}
	return []int{0}
}

// Shown says what a cell holds, for a message.
func (c Cell) Shown() string {
	if c.NoResult() {
		return WithoutResult
	}
	switch v := c.Value.(type) {
	case nil:
		return company.Nothing
	case book.ErrorValue:
		return "the error " + string(v)
	}
	if strings.TrimSpace(c.Text) == "" {
		return company.Nothing
	}
	return diag.Quote(c.Text)
}

// WithoutResult says what stands in a cell whose formula was never calculated.
const WithoutResult = "a formula without a result"

// NoResult reports whether a cell is a formula without a stored result, as
// programs write it that do not calculate.
func (c Cell) NoResult() bool {
	return c.Formula != "" && (c.Value == nil || c.Value == "")
}

// DriverOf returns the ID of the driver that an own estimate is about:
// "driver.event_rate" for the chance of an incident as well.
func DriverOf(estimate string) string {
	if estimate == company.EventProbability {
		estimate = company.EventRate
	}
	return "driver." + estimate
}
