package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casestudies"
)

// question is one question of init: a field of the company file, and its flag.
type question struct {
	id, flag, value string
	// usual returns between what most companies lie, given the answers so far
	// in base units; usd is the units of the currency for a dollar. The bounds
	// are those of the derived figures (company.Sanity). nil: nothing is known.
	usual func(v map[string]float64, usd float64) (low, high float64)
}

// number reports whether the question asks for one of the twelve numbers.
func (q question) number() bool { return q.field().Kind == company.Quantity }

func (q question) field() *company.Field { return company.FieldByID(q.id) }

// times is the usual range of what is a share, or a multiple, of another
// answer.
func times(of string, low, high float64) func(map[string]float64, float64) (float64, float64) {
	return func(v map[string]float64, _ float64) (float64, float64) { return low * v[of], high * v[of] }
}

// always is a usual range that depends on nothing.
func always(low, high float64) func(map[string]float64, float64) (float64, float64) {
	return func(map[string]float64, float64) (float64, float64) { return low, high }
}

// questions are what init asks: five words, and the twelve numbers that matter,
// each after those that its usual range rests on.
var questions = []question{
	{id: "company.name", flag: "name", value: "NAME"},
	{id: "company.sector", flag: "sector", value: "SECTOR"},
	{id: "company.country", flag: "country", value: "CODE"},
	{id: "company.currency", flag: "currency", value: "CODE"},
	{id: "company.positioning", flag: "positioning", value: "WORD"},

	{id: "customers.active", flag: "customers", value: "NUMBER"},
	{id: "customers.on_file", flag: "on-file", value: "NUMBER", usual: times("customers.active", 1, 20)},
	{id: "customers.retention", flag: "retention", value: "SHARE", usual: always(0.4, 0.97)},
	{id: "customers.new_per_year", flag: "new-customers", value: "NUMBER",
		usual: func(v map[string]float64, _ float64) (float64, float64) {
			leave := v["customers.active"] * (1 - v["customers.retention"])
			return 0.3 * leave, 5 * leave
		}},
	{id: "economics.revenue", flag: "revenue", value: "AMOUNT",
		usual: func(v map[string]float64, usd float64) (float64, float64) {
			return 5 * usd * v["customers.active"], 50_000 * usd * v["customers.active"]
		}},
	{id: "economics.contribution_margin", flag: "margin", value: "SHARE", usual: always(0.05, 0.8)},
	{id: "economics.margin_premium", flag: "premium", value: "POINTS", usual: always(0, 0.2)},
	{id: "marketing.budget", flag: "marketing-budget", value: "AMOUNT", usual: times("economics.revenue", 0.002, 0.4)},
	{id: "staffing.contact_agents", flag: "agents", value: "NUMBER", usual: times("customers.active", 1.0/200_000, 1.0/200)},
	{id: "staffing.head_office", flag: "head-office", value: "NUMBER"},
	{id: "security.it_budget", flag: "it-budget", value: "AMOUNT", usual: times("economics.revenue", 0.003, 0.25)},
	{id: "security.budget", flag: "security-budget", value: "AMOUNT", usual: times("security.it_budget", 0.02, 0.25)},
}

// read checks an answer by itself and returns it as it goes into the file.
func (q question) read(s string) (string, *diag.Problem) {
	f := q.field()
	s = strings.TrimSpace(s)
	bad := func(want, got, hint string) (string, *diag.Problem) {
		return "", &diag.Problem{Field: f.ID, Want: want, Got: got, Hint: hint}
	}
	switch {
	case s == "":
		return bad(f.Want, company.Nothing, "")
	case q.number():
		v, hint, ok := f.Read(s)
		if !ok || v < f.Min || v > f.Max || f.Above && v == f.Min || f.Below && v == f.Max || f.Whole && v != float64(int64(v)) {
			return bad(f.Want, diag.Quote(s), hint)
		}
		return s, nil
	case f.Kind == company.Word:
		s = strings.ToLower(s)
	case q.id == "company.country" || q.id == "company.currency":
		s = strings.ToUpper(s)
		if q.id == "company.currency" && !money.IsCurrency(s) {
			return bad(f.Want, diag.Quote(s), nearText(s, money.CurrencyCodes()))
		}
	}
	if f.Kind == company.Word {
		for _, w := range f.Words {
			if s == w {
				return s, nil
			}
		}
		return bad("one of "+strings.Join(f.Words, ", "), diag.Quote(s), nearText(s, f.Words))
	}
	if problems := lineProblems(f, s); problems != nil {
		return bad(problems.Want, problems.Got, problems.Hint)
	}
	return s, nil
}

// lineProblems checks a line of text as the company file would.
func lineProblems(f *company.Field, s string) *diag.Problem {
	p := &company.Profile{}
	*f.Text(p) = s
	problems, _ := company.Validate(p, company.Rules{})
	for i := range problems {
		if problems[i].Field == f.ID {
			return &problems[i]
		}
	}
	return nil
}

func nearText(s string, words []string) string {
	if near := diag.Nearest(s, words); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// errStopped says that the person ended the questions.
var errStopped = errors.New("the questions were not answered to the end; nothing was written")

// ask puts the questions and returns all answers, those given beforehand
// included, which are not asked for. It works with any reader and writer.
func ask(in io.Reader, out io.Writer, style text.Style, given map[string]string) (map[string]string, error) {
	a := &asker{in: bufio.NewScanner(in), out: out, style: style, answers: maps.Clone(given), values: map[string]float64{}, profile: &company.Profile{}, shown: map[string]bool{}, usd: 1}
	a.in.Buffer(make([]byte, 0, 4096), 1<<16)
	p := text.NewPage(style)
	p.Para("Twelve numbers decide a case, and five words say whose it is. Enter takes what stands in brackets: an example of the sector. Numbers may be written 2.4M, 900k, 34% or 9 points. Ctrl-C stops, and nothing is written.")
	p.WriteTo(out)
	asked, numbers := 0, 0
	for _, q := range questions {
		if q.number() {
			numbers++
		}
	}
	for _, q := range questions {
		if q.number() {
			asked++
		}
		if v, ok := given[q.id]; ok && q.id != "company.sector" {
			a.take(q, v)
			continue
		}
		head := ""
		if q.number() {
			head = fmt.Sprintf("%d of %d: ", asked, numbers)
		}
		if err := a.question(q, head); err != nil {
			return nil, err
		}
	}
	return a.answers, nil
}

// asker holds one round of questions.
type asker struct {
	in      *bufio.Scanner
	out     io.Writer
	style   text.Style
	answers map[string]string
	values  map[string]float64 // numbers in base units
	profile *company.Profile
	shown   map[string]bool // derived figures
	usd     float64         // units of the currency for a dollar
}

// question asks until the answer is one.
func (a *asker) question(q question, head string) error {
	f := q.field()
	suggestion := a.suggestion(q)
	fmt.Fprintln(a.out)
	p := text.NewPage(a.style)
	p.Heading(head + f.Label)
	p.Indented(2, text.Plain, f.Help)
	if f.Where != "" {
		p.Indented(2, text.Plain, "Find it: "+f.Where+".")
	}
	if f.Kind == company.Word {
		p.Indented(2, text.Plain, "One of "+strings.Join(f.Words, ", ")+".")
	}
	if low, high, ok := a.usual(q); ok {
		p.Indented(2, text.Plain, "Usual: "+usualText(a.format(f.Unit), low, high)+".")
	}
	p.WriteTo(a.out)
	for {
		fmt.Fprintf(a.out, "  %s [%s]: ", f.Label, text.Clean(suggestion))
		if !a.in.Scan() {
			fmt.Fprintln(a.out)
			if err := a.in.Err(); err != nil {
				return failed(fmt.Errorf("reading the answers: %w", err))
			}
			return failed(errStopped)
		}
		answer := strings.TrimSpace(a.in.Text())
		if answer == "" {
			answer = suggestion
		}
		clean, problem := q.read(answer)
		if problem == nil && q.id == "company.currency" {
			if _, err := exampleRate(clean); err != nil {
				problem = &diag.Problem{Want: "a currency with a published rate of exchange", Got: diag.Quote(clean)}
			}
		}
		if problem != nil {
			p := text.NewPage(a.style)
			p.Indented(2, text.Bad, "✗ want "+problem.Want+", got "+problem.Got)
			if problem.Hint != "" {
				p.Indented(4, text.Plain, "hint: "+problem.Hint)
			}
			p.WriteTo(a.out)
			continue
		}
		a.take(q, clean)
		a.derived(q)
		return nil
	}
}

// take keeps an answer.
func (a *asker) take(q question, answer string) {
	a.answers[q.id] = answer
	f := q.field()
	if q.number() {
		v, _, _ := f.Read(answer)
		a.values[q.id] = v
		*f.Number(a.profile) = company.Plain(v)
	} else if t := f.Text(a.profile); t != nil {
		*t = answer
	}
	if q.id == "company.currency" {
		a.usd = perUSD(answer)
	}
}

// suggestion is what Enter takes.
func (a *asker) suggestion(q question) string {
	example := intake.Example(a.answers["company.sector"])
	if v, ok := a.answers[q.id]; ok {
		return v
	}
	v, ok := example[q.id]
	if !ok {
		return q.field().Example
	}
	f := q.field()
	if !q.number() {
		return v
	}
	n, _, _ := f.Read(v)
	rate, err := exampleRate(a.answers["company.currency"])
	if err != nil {
		return v
	}
	if scaled := n * sizeOf(q.id, f.Unit, a.answers, example, rate); scaled != n {
		return plainAmount(scaled)
	}
	return v
}

// usual returns the usual range of a question, where it is known by now.
func (a *asker) usual(q question) (low, high float64, ok bool) {
	if q.usual == nil {
		return 0, 0, false
	}
	low, high = q.usual(a.values, a.usd)
	return low, high, high > low
}

func (a *asker) format(unit string) money.Format {
	return money.English.Format(unit, currency(a.answers["company.currency"]))
}

// derived shows what follows from the answers so far and was not shown yet.
func (a *asker) derived(q question) {
	if low, high, ok := a.usual(q); ok && (a.values[q.id] < low || a.values[q.id] > high) {
		a.say(text.Warn, "! most companies have "+usualText(a.format(q.field().Unit), low, high)+": look again, or leave it")
	}
	for _, d := range company.Sanity(a.profile, a.usd) {
		if a.shown[d.ID] {
			continue
		}
		a.shown[d.ID] = true
		if d.Outside() {
			a.say(text.Warn, "! "+d.Label+": "+derivedText(d, a.format(d.Unit)))
			continue
		}
		a.say(text.Plain, "→ "+d.Label+": "+derivedText(d, a.format(d.Unit)))
	}
}

// say prints a remark under an answer.
func (a *asker) say(tone text.Tone, s string) {
	p := text.NewPage(a.style)
	p.Indented(2, tone, s)
	p.WriteTo(a.out)
}

// derivedText prints a derived figure with what is usual.
func derivedText(d company.Derived, f money.Format) string {
	s := f.Text(d.Value)
	if d.Low < d.High {
		s += " (most companies: " + usualText(f, d.Low, d.High) + ")"
	}
	return s
}

// usualText prints a usual range, each end on its own scale: they lie far
// apart.
func usualText(f money.Format, low, high float64) string {
	return f.Number(low) + " to " + f.Number(high)
}

// perUSD is the units of a currency for one dollar in the last year with a
// rate; 0 where there is none.
func perUSD(code string) float64 {
	rates, err := casestudies.LoadRates()
	if err != nil {
		return 0
	}
	_, year, _ := rates.Years()
	r, err := rates.PerUSD(code, year)
	if err != nil {
		return 0
	}
	return r.PerUSD
}
