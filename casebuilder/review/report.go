package review

import (
	"fmt"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/workbook"
	"casebuilder/casestudies"
)

// Input is what a review is made from.
type Input struct {
	Sheets      workbook.Sheets  // the workbook that came back
	Name        string           // of its file, for messages
	Company     *company.Profile // the company file now; nil: the workbook stands alone
	CompanyName string           // of its file
	Library     *casestudies.Library
	Rules       company.Rules
	Version     string // of the program
	// NoTrials leaves the sheets of the trials out of the comparison with what
	// was built: they hold nearly all cells, and nothing of them is read.
	NoTrials bool
}

// Report is what a review found. Lists are in the order of the sheets.
type Report struct {
	File, CompanyFile string
	Facts             workbook.Facts
	Name, Unit        string // of the company
	Currency          string
	AsOf              company.Date

	Changes   []Change   // taken in
	Refused   []Refusal  // with the reasons
	Conflicts []Conflict // the company file and the reviewer both moved, apart
	Settled   []Settled  // the company file holds the reviewer's value already
	Ignored   diag.List  // locked cells and formulas that were changed
	Deleted   diag.List  // rows that are gone
	Moved     []Move     // what the company file changed since the workbook was filed
	Remarks   diag.List  // for the reader to look at
	Answers   []Answer
	Asked     int // questions of the workbook

	Filed model.Headline // as the workbook was filed
	Now   model.Headline // by the company file as it is now
	With  model.Headline // with the changes that were taken in

	Profile *company.Profile // the company with the changes taken in

	history []results.Change
	joined  []company.Reviewed // what each change adds to the company file's history
	rules   company.Rules
	before  []company.Entry // the company now
	after   []company.Entry // with the changes
}

// Change is a change of one number, switch or set of shares that was taken in.
type Change struct {
	ID     string // "customers.retention", "driver.extra_churn", "ownership.closed_sales"
	Label  string
	Unit   string
	Edits  []Edit // of its low end, mode and high end, or of its shares
	Who    string
	Date   string
	Reason string

	// Alone is the headline with this change and no other. Fits says whether
	// it makes sense by itself; if not, Alone is that of the company now.
	Alone model.Headline
	Fits  bool

	entries  []string // of the company file, without their parts
	credited bool     // they say who and why
}

// Edit is one cell of the reviewer.
type Edit struct {
	ID          string
	Part        string // "low", "mode", "high", an owner, or ""
	At          diag.Place
	Filed, Now  string // as printed
	Yours       string
	FiledValue  any // float64, or "yes" and "no"
	YoursValue  any
	FromFormula string // the formula that Yours holds, if one
}

// From prints what was filed.
func (c *Change) From() string { return c.each(func(e Edit) string { return e.Filed }) }

// To prints what the reviewer wants.
func (c *Change) To() string { return c.each(func(e Edit) string { return e.Yours }) }

func (c *Change) each(value func(Edit) string) string {
	s := ""
	for _, e := range c.Edits {
		if s != "" {
			s += ", "
		}
		if e.Part != "" && len(c.Edits) > 0 && (len(c.Edits) > 1 || e.Part != "mode") {
			s += spell(e.Part) + " "
		}
		s += value(e)
	}
	return s
}

// Refusal is an edit that was not taken in.
type Refusal struct {
	ID, Label    string
	Filed, Yours string
	Who          string
	Problems     diag.List // at least one, at the cells that are meant
}

// Conflict is an edit of a row that the company file has changed as well.
type Conflict struct {
	ID, Label         string
	At                diag.Place
	Filed, Now, Yours string // Now is "" where the company file no longer has it
	Who, Date, Reason string
}

// Settled is an edit that the company file holds already.
type Settled struct {
	ID, Label, Filed, Yours, Who string
	At                           diag.Place
}

// Move is a row that the company file changed since the workbook was filed.
type Move struct{ ID, Label, Filed, Now string } // "" where there was, or is, none

// Answer is the answer to one question.
type Answer struct {
	ID, Question, Answer, Comment, Who, Date string
}

// The answers that count.
const (
	agree  = "agree"
	change = "change"
	unsure = "unsure"
)

// Answered returns how many questions were answered, and how many with
// "agree".
func (r *Report) Answered() (answered, agreed int) {
	for _, a := range r.Answers {
		if a.Answer != "" {
			answered++
		}
		if a.Answer == agree {
			agreed++
		}
	}
	return answered, agreed
}

// Agreement says what may be said of the reviewer's agreement: "agreed with
// marketing" only where every question was answered with agree.
func (r *Report) Agreement() string {
	answered, agreed := r.Answered()
	if agreed == r.Asked && r.Asked > 0 {
		return "agreed with marketing: all " + fmt.Sprint(r.Asked) + " questions answered with agree"
	}
	return fmt.Sprintf("%d of %d questions answered", answered, r.Asked)
}

// Problems are the reasons of all refusals, and the conflicts, each at its
// cell; nil when nothing was refused.
func (r *Report) Problems() diag.List {
	var all diag.List
	for _, x := range r.Refused {
		all = append(all, x.Problems...)
	}
	for _, x := range r.Conflicts {
		now := "the company file changed it to " + x.Now + ", the reviewer to " + x.Yours
		if x.Now == "" {
			now = "the company file no longer has it"
		}
		all.Add(diag.Problem{Place: x.At, Field: x.ID, Want: "the value that was filed, " + x.Filed + ", in the company file", Got: now, Hint: "settle it, and enter what holds in the company file or in Yours"})
	}
	return all
}

// Review is what the results say of this review and of earlier ones.
func (r *Report) Review() *results.Review {
	answered, agreed := r.Answered()
	out := &results.Review{Questions: r.Asked, Answered: answered, Agreed: agreed, Changes: append([]results.Change{}, r.history...)}
	for _, c := range r.Changes {
		out.Changes = append(out.Changes, results.Change{ID: c.ID, Label: c.Label, Unit: c.Unit, From: c.From(), To: c.To(), Reason: c.Reason, Who: c.Who, Date: c.Date,
			NPV: c.Alone.NPV - r.Now.NPV, Stake: c.Alone.Stake - r.Now.Stake})
	}
	return out
}

func problemAt(c workbook.Cell, field, want string) diag.Problem {
	return diag.Problem{Place: c.At, Field: field, Want: want, Got: c.Shown()}
}
