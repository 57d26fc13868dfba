package pitch

import (
	"strings"
	"text/template"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"
)

// stubs are the functions of the texts, as the parser wants to know them.
// Functions of text/template that are not here cannot be called.
var stubs = func() map[string]any {
	m := map[string]any{}
	for _, name := range []string{"fig", "full", "odds", "hundred", "span", "points", "share", "neg", "b", "ref", "link", "name", "means", "see", "same", "over", "given", "join", "of", "spell", "upper", "step",
		"and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "len", "index"} {
		m[name] = true
	}
	return m
}()

// funcs are the functions of the texts. IDs are those of lookUp; what a
// function prints of a figure is marked with its ID, so that the finished
// paper can be compared with the results.
func (w *writer) funcs() template.FuncMap {
	return template.FuncMap{
		// fig prints a figure: "£4.1m", "7.3%", "24,000,000".
		"fig": func(id string) (string, error) { return w.print(id, money.Format.Number) },
		// full prints it with its unit in words: "£155k a year", "13 months".
		"full": func(id string) (string, error) { return w.print(id, money.Format.Text) },
		// odds prints a chance as "60 in 100".
		"odds": func(id string) (string, error) {
			return w.print(id, func(_ money.Format, v float64) string { return w.loc.Odds(v, 100) })
		},
		// hundred prints the "60" of it: {{hundred "npv.chance_positive"}} of 100 futures.
		"hundred": w.hundred,
		// points prints a share as "9 points".
		"points": func(id string) (string, error) {
			return w.print(id, func(_ money.Format, v float64) string { return w.loc.Points(v) })
		},
		// share prints a ratio as a per cent figure: 1.4 is "140%".
		"share": func(id string) (string, error) {
			return w.print(id, func(_ money.Format, v float64) string { return w.loc.Share(v) })
		},
		// span prints two figures as a range on one scale: "£0.6m to £19m".
		"span": w.span,
		// of joins the parts of an ID: {{fig (of "severity.total" "p95")}}.
		"of": func(parts ...string) (string, error) { return bounded(strings.Join(parts, ":")) },
		// neg turns the sign of a figure round.
		"neg": func(id string) (string, error) {
			if rest, ok := strings.CutPrefix(id, "-"); ok {
				return rest, nil
			}
			return bounded("-" + id)
		},
		"b": func(s string) (string, error) { return bounded(string(boldStart) + s + string(boldEnd)) },
		// ref prints a reference mark that leads to where the appendix says what
		// a figure is, or names a source.
		"ref": func(id string) (string, error) { return bounded(string(markStart) + clean(id) + string(markEnd)) },
		"link": func(to, s string) (string, error) {
			return bounded(string(linkStart) + clean(to) + string(linkText) + clean(s) + string(linkEnd))
		},
		// name and means print what a figure, a driver, an owner or a word of the
		// program is called, and what it means.
		"name":  w.name,
		"means": w.means,
		// see names a page of this paper, and leads there; it is "" for a page that
		// the paper does not have: {{with see "turns"}} ({{.}}){{end}}.
		"see": w.see,
		// same says whether two figures are printed alike, over whether the first
		// is greater.
		"same": func(a, b string) (bool, error) {
			x, err := w.print(a, money.Format.Number)
			if err != nil {
				return false, err
			}
			y, err := w.print(b, money.Format.Number)
			return err == nil && bare(x) == bare(y), err
		},
		"over": func(a, b string) (bool, error) {
			x, err := w.number(a)
			if err != nil {
				return false, err
			}
			y, err := w.number(b)
			return err == nil && x.value > y.value, err
		},
		// given says whether the company file gives an input that it can leave out.
		"given": func(id string) (bool, error) {
			if company.FieldByID(id) == nil {
				return false, &inTexts{want: "the ID of an input", got: diag.Quote(id)}
			}
			_, err := lookUp(w.r, id)
			return err == nil, nil
		},
		"join": w.join,
		// spell writes a small number as a word: "three".
		"spell": w.spell,
		// upper begins a text with a capital letter.
		"upper": upperFirst,
		"step":  w.step,
	}
}
