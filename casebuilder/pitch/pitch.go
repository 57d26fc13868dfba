// Package pitch turns results into the board paper: pages of messages,
// sentences, tables and charts. It decides what is said and shown, and draws
// nothing.
//
// Which pages there are, which form a title takes and what a chart shows is
// decided here, by rule, from the results. Every word stands in templates/texts,
// a folder a language, as text/template files; a user's copies are read the
// same way. A text reaches figures by their ID alone, so that what is printed
// can be compared with the results (see Tie).
package pitch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/results"
	"casebuilder/templates"
)

// Options shape a paper. The zero Options are the full paper in English on A4.
type Options struct {
	Profile string // full, short, marketing; "" is full
	Paper   page.Paper
	Lang    string // en, de; "" is en

	Theme     []byte // a YAML file (see ReadTheme); nil for the house theme
	ThemeName string // its name, for messages
	// Open reads a file that the theme names, its logo or a font. Names are
	// relative, with slashes, and lead nowhere upwards. nil: there are none.
	Open func(name string) ([]byte, error)

	Templates     fs.FS  // texts that replace the embedded ones: texts/<lang>/*.tmpl; nil for none
	TemplatesName string // their folder, for messages

	// Missing are the characters that the fonts of the paper lacked when it was
	// drawn before: a note says what stands for them.
	Missing []rune

	// Brief are the IDs of the pages that did not fit on one sheet when the paper
	// was drawn before (see CanBeBrief): they leave out what other pages say.
	Brief []string
}

// CanBeBrief says whether a page has less to say where its sheet is too small
// for it. Those of the appendix go on on a further sheet instead.
func CanBeBrief(page string) bool {
	return page == pageDecision.id || page == pageStory.id || page == pageChoices.id || page == pageTurns.id || page == pagePlan.id
}

func (o Options) lang() string {
	if o.Lang == "" {
		return "en"
	}
	return o.Lang
}

// Make writes the paper of a case. The errors are about what the user gave: an
// unknown profile or language, and, as a diag.List, texts and themes.
func Make(r *results.BusinessCase, opt Options) (*page.Document, error) {
	if opt.Profile == "" {
		opt.Profile = "full"
	}
	pages, ok := profiles[opt.Profile]
	if !ok {
		return nil, fmt.Errorf("want the profile full, short or marketing, got %q", opt.Profile)
	}
	opt.Lang = opt.lang()
	w, err := newWriter(r, opt)
	if err != nil {
		return nil, err
	}
	d := &page.Document{
		Title: w.plain("paper.title"), Author: clean(r.Company.Paper.PreparedBy), Subject: w.plain("paper.subject"),
		Language: w.plain("paper.language"), Decimal: w.plain("paper.decimal"), AsOf: r.AsOf.Time, Paper: opt.Paper, Theme: w.look,
		Classification: clean(r.Company.Paper.Classification), PageOf: w.plain("paper.page_of"), Continued: w.plain("paper.continued"),
	}
	for _, t := range w.list("paper.footer") {
		d.Footer = append(d.Footer, t.String())
	}
	for _, p := range pages {
		w.has[p.id] = p.there(r)
	}
	for _, p := range pages {
		if w.has[p.id] {
			d.Pages = append(d.Pages, p.write(w))
		}
	}
	if last := &d.Pages[len(d.Pages)-1]; !w.has[pagePlan.id] {
		last.Blocks = append(last.Blocks, w.note("paper.closing"))
	}
	if len(d.Pages) > 0 {
		d.Pages[0].Logo = w.look != nil && len(w.look.Logo) > 0
	}
	if len(w.problems) > 0 {
		w.problems.Sort()
		return nil, w.problems
	}
	return d, nil
}

// part is one page of a paper: its anchor, when there is such a page, and who
// writes it.
type part struct {
	id    string
	there func(*results.BusinessCase) bool
	write func(*writer) page.Page
}

// brief says whether a page is to leave out what others say.
func (w *writer) brief(page string) bool { return slices.Contains(w.opt.Brief, page) }

func always(*results.BusinessCase) bool     { return true }
func optioned(r *results.BusinessCase) bool { return subject(r) != nil }
func swung(r *results.BusinessCase) bool    { return len(r.Tornado) > 0 }

// The pages.
var (
	pageLead        = part{"lead", always, (*writer).lead}
	pageDecision    = part{"decision", always, (*writer).decision}
	pageExposure    = part{"exposure", always, (*writer).exposure}
	pagePremium     = part{"premium", always, (*writer).premium}
	pageStory       = part{"story", always, (*writer).story}
	pageLoss        = part{"loss", always, (*writer).loss}
	pageChoices     = part{"choices", optioned, (*writer).choices}
	pageWorth       = part{"npv", optioned, (*writer).worth}
	pageTurns       = part{"turns", swung, (*writer).turns}
	pageStake       = part{"stake", always, (*writer).stake}
	pagePlan        = part{"plan", always, (*writer).plan}
	pageAssumptions = part{"assumptions", swung, (*writer).assumptions}
	pageWhere       = part{"figures", always, (*writer).where}
	pageMethod      = part{"method", always, (*writer).method}
)

// profiles are the pages of each profile, in order. The short one has no
// appendix, and so no marks that lead there.
var profiles = map[string][]part{
	"full": {pageDecision, pageExposure, pagePremium, pageStory, pageLoss, pageChoices, pageWorth, pageTurns, pageStake, pagePlan,
		pageAssumptions, pageWhere, pageMethod},
	"short":     {pageDecision, pageExposure, pageStory, pageChoices, pageWorth, pageStake},
	"marketing": {pageLead, pageStake, pageStory, pagePremium, pageLoss, pageDecision, pageAssumptions, pageWhere, pageMethod},
}

func newWriter(r *results.BusinessCase, opt Options) (*writer, error) {
	read, ok := embeddedTexts[opt.Lang]
	if !ok {
		return nil, fmt.Errorf("want the language en or de, got %q", opt.Lang)
	}
	ours, err := read()
	if err != nil {
		return nil, fmt.Errorf("reading the embedded texts: %w", err)
	}
	w := &writer{r: r, opt: opt, texts: ours, marks: newMarks(r.Sources, opt.Profile == "short"), seen: map[string]bool{}, has: map[string]bool{}}
	w.loc, _ = money.LocaleOf(opt.Lang)
	if w.cur, ok = money.LookUp(r.Currency); !ok {
		w.cur = money.Currency{Code: r.Currency, Minor: 2}
	}
	if opt.Templates != nil {
		user, err := readTexts(opt.Templates, opt.TemplatesName, opt.Lang)
		if err != nil {
			return nil, err
		}
		if w.texts, err = ours.with(user); err != nil {
			return nil, err
		}
	}
	t, err := opt.readTheme()
	if err != nil {
		return nil, err
	}
	if t != nil {
		w.look = t.Theme
		var missing []Word
		if w.texts, missing = w.texts.speaking(t.Words); len(missing) > 0 {
			return nil, t.unused(missing, ours)
		}
	}
	if w.set, err = w.texts.template(w.funcs()); err != nil {
		return nil, err
	}
	w.view = w.newView()
	return w, nil
}

// Fingerprint identifies everything that shapes a paper beside the results:
// texts, theme with its files, profile, paper and language.
func (o Options) Fingerprint() (string, error) {
	h := sha256.New()
	part := func(s string) { fmt.Fprintf(h, "%d:%s\n", len(s), s) }
	for _, s := range []string{o.Profile, o.lang(), o.Paper.String(), string(o.Theme)} {
		part(s)
	}
	for _, files := range []fs.FS{templates.Texts, o.Templates} {
		if files == nil {
			part("")
			continue
		}
		if err := eachSource(files, o.lang(), func(name, src string) { part(name); part(src) }); err != nil {
			return "", err
		}
	}
	if t, err := o.readTheme(); err != nil {
		return "", err
	} else if t != nil {
		part(string(t.Theme.Logo))
		if f := t.Theme.Fonts; f != nil {
			part(string(f.Regular))
			part(string(f.Bold))
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// eachSource calls f for each file of texts, in order.
func eachSource(files fs.FS, lang string, f func(name, src string)) error {
	names, err := fs.Glob(files, "texts/"+lang+"/*.tmpl")
	if err != nil {
		return err
	}
	slices.Sort(names)
	var problems diag.List
	for _, name := range names {
		src, p := readSource(files, name)
		if p != nil {
			problems.Add(*p)
			continue
		}
		f(name, src)
	}
	return problems.Err()
}
