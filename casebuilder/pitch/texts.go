package pitch

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"text/template/parse"
	"unicode"
	"unicode/utf8"

	"casebuilder/casebuilder/diag"
	"casebuilder/templates"
)

// Limits of a user's texts. An executed text is measured in steps, not in
// seconds, so that the same texts always give the same answer.
const (
	maxFiles  = 60
	maxSource = 256 << 10 // bytes of one file
	maxText   = 8 << 10   // bytes that one text may print
	maxSteps  = 20_000    // texts entered and turns of loops, for one text
)

// texts are the texts of one language by name, as parsed templates.
type texts struct {
	trees map[string]*parse.Tree
	files map[string]string // file of each text
	own   map[string]bool   // texts that the user gave
}

// embeddedTexts are parsed once for each language.
var embeddedTexts = map[string]func() (*texts, error){
	"en": sync.OnceValues(func() (*texts, error) { return readTexts(templates.Texts, "", "en") }),
	"de": sync.OnceValues(func() (*texts, error) { return readTexts(templates.Texts, "", "de") }),
}

// readTexts parses texts/<lang>/*.tmpl of a folder, whose name is for messages.
// The errors are a diag.List.
func readTexts(files fs.FS, folder, lang string) (*texts, error) {
	t := &texts{trees: map[string]*parse.Tree{}, files: map[string]string{}, own: map[string]bool{}}
	var problems diag.List
	dir := path.Join("texts", lang)
	entries, err := fs.ReadDir(files, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	} else if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path.Join(folder, dir), err)
	}
	if len(entries) > maxFiles {
		problems.Add(diag.Problem{Place: diag.Place{File: path.Join(folder, dir)}, Want: fmt.Sprintf("at most %d files", maxFiles), Got: strconv.Itoa(len(entries))})
		return nil, problems
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if e.IsDir() || path.Ext(name) != ".tmpl" {
			continue
		}
		src, p := readSource(files, name)
		if p != nil {
			p.Place.File = path.Join(folder, name)
			problems.Add(*p)
			continue
		}
		problems = append(problems, t.parse(path.Join(folder, name), src)...)
	}
	return t, problems.Err()
}

// readSource reads one file of texts within its limits.
func readSource(files fs.FS, name string) (string, *diag.Problem) {
	fail := func(want, got string) (string, *diag.Problem) {
		return "", &diag.Problem{Place: diag.Place{File: name}, Want: want, Got: got}
	}
	f, err := files.Open(name)
	if err != nil {
		return fail("a file of texts", err.Error())
	}
	defer f.Close()
	var b bytes.Buffer
	chunk := make([]byte, 32<<10)
	for b.Len() <= maxSource {
		n, err := f.Read(chunk)
		b.Write(chunk[:n])
		if err != nil {
			break
		}
	}
	switch {
	case b.Len() > maxSource:
		return fail(fmt.Sprintf("at most %d bytes", maxSource), "more")
	case !utf8.Valid(b.Bytes()):
		return fail("text in UTF-8", "bytes that are not")
	}
	for i, line := range strings.Split(b.String(), "\n") {
		if at := strings.IndexFunc(line, isControl); at >= 0 && strings.TrimRight(line[at:], "\r") != "" && line[at] != '\t' {
			_, p := fail("text", "a control character")
			p.Place.Line = i + 1
			return "", p
		}
	}
	return strings.TrimPrefix(b.String(), "\ufeff"), nil
}

func isControl(r rune) bool { return r < 0x20 || r == 0x7f }

// parse adds the texts of one file.
func (t *texts) parse(name, src string) (problems diag.List) {
	file := &parse.Tree{Name: name, Mode: parse.ParseComments}
	trees := map[string]*parse.Tree{}
	file.ParseName = name
	if _, err := file.Parse(src, "{{", "}}", trees, stubs); err != nil {
		return diag.List{problemOf(err, name, "")}
	}
	for _, text := range slices.Sorted(mapsKeys(trees)) {
		tree := trees[text]
		if text == name { // what stands outside of every text
			if !parse.IsEmptyTree(tree.Root) {
				problems.Add(diag.Problem{Place: placeIn(name, src, tree.Root.Position()), Want: `every text between {{define "name"}} and {{end}}`, Got: "text outside"})
			}
			continue
		}
		if _, twice := t.trees[text]; twice {
			problems.Add(diag.Problem{Place: diag.Place{File: name}, Field: text, Want: "each text once", Got: "a second one, after " + t.files[text]})
			continue
		}
		tree.ParseName = name
		count(tree.Root)
		t.trees[text], t.files[text] = tree, name
	}
	return problems
}

func mapsKeys[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func placeIn(file, src string, pos parse.Pos) diag.Place {
	before := src[:min(int(pos), len(src))]
	return diag.Place{File: file, Line: 1 + strings.Count(before, "\n")}
}

// with returns the texts with those of a user in place of ours.
func (t *texts) with(user *texts) (*texts, error) {
	out := &texts{trees: map[string]*parse.Tree{}, files: map[string]string{}, own: map[string]bool{}}
	for name, tree := range t.trees {
		out.trees[name], out.files[name] = tree, t.files[name]
	}
	names := slices.Sorted(mapsKeys(t.trees))
	var problems diag.List
	for _, name := range slices.Sorted(mapsKeys(user.trees)) {
		if _, known := t.trees[name]; !known {
			p := diag.Problem{Place: diag.Place{File: user.files[name], Line: user.line(name)}, Want: "the name of a text", Got: diag.Quote(name)}
			if near := diag.Nearest(name, names); near != "" {
				p.Hint = "did you mean " + near + "?"
			}
			problems.Add(p)
			continue
		}
		out.trees[name], out.files[name], out.own[name] = user.trees[name], user.files[name], true
	}
	problems.Sort()
	return out, problems.Err()
}

// line returns where a text begins.
func (t *texts) line(name string) int {
	location, _ := t.trees[name].ErrorContext(t.trees[name].Root)
	if m := regexp.MustCompile(`:(\d+):\d+$`).FindStringSubmatch(location); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}

// Word is a word of the texts and the company's own word for it.
type Word struct{ Of, Own string }

// speaking returns the texts with the company's own words. It returns the
// words that stand nowhere in the texts.
func (t *texts) speaking(words []Word) (*texts, []Word) {
	if len(words) == 0 {
		return t, nil
	}
	out := &texts{trees: map[string]*parse.Tree{}, files: t.files, own: t.own}
	used := make([]bool, len(words))
	for name, tree := range t.trees {
		tree = tree.Copy()
		own := func(s string) string {
			for i, w := range words {
				if r := replaceWord(s, w); r != s {
					s, used[i] = r, true
				}
			}
			return s
		}
		eachText(tree.Root, func(n *parse.TextNode) { n.Text = []byte(own(string(n.Text))) })
		eachBold(tree.Root, func(n *parse.StringNode) { n.Text = own(n.Text) })
		out.trees[name] = tree
	}
	var missing []Word
	for i, w := range words {
		if !used[i] {
			missing = append(missing, w)
		}
	}
	return out, missing
}

// replaceWord puts the own word in the place of a whole word; a capital at its
// beginning stays one.
func replaceWord(s string, w Word) string {
	var b strings.Builder
	for {
		at := indexFold(s, w.Of)
		if at < 0 {
			return b.String() + s
		}
		before, _ := utf8.DecodeLastRuneInString(b.String() + s[:at])
		after, _ := utf8.DecodeRuneInString(s[at+len(w.Of):])
		b.WriteString(s[:at])
		found := s[at : at+len(w.Of)]
		switch {
		case isWord(before) || isWord(after):
			b.WriteString(found)
		case found == w.Of:
			b.WriteString(w.Own)
		default: // at the beginning of a sentence
			r, n := utf8.DecodeRuneInString(w.Own)
			b.WriteString(string(unicode.ToUpper(r)) + w.Own[n:])
		}
		s = s[at+len(w.Of):]
	}
}

func isWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// indexFold finds word in s, also with its first letter in upper case.
func indexFold(s, word string) int {
	r, n := utf8.DecodeRuneInString(word)
	at, upper := strings.Index(s, word), strings.Index(s, string(unicode.ToUpper(r))+word[n:])
	if len(string(unicode.ToUpper(r))) != n {
		upper = -1
	}
	if at < 0 || upper >= 0 && upper < at {
		return upper
	}
	return at
}

func eachText(n parse.Node, f func(*parse.TextNode)) {
	each(n, func(n parse.Node) {
		if t, ok := n.(*parse.TextNode); ok {
			f(t)
		}
	})
}

// eachBold calls f for the words of every {{b "words"}}.
func eachBold(n parse.Node, f func(*parse.StringNode)) {
	each(n, func(n parse.Node) {
		a, ok := n.(*parse.ActionNode)
		if !ok {
			return
		}
		for _, c := range a.Pipe.Cmds {
			if id, ok := c.Args[0].(*parse.IdentifierNode); !ok || id.Ident != "b" || len(c.Args) != 2 {
				continue
			}
			if words, ok := c.Args[1].(*parse.StringNode); ok {
				f(words)
			}
		}
	})
}

// each visits the nodes that hold texts.
func each(n parse.Node, f func(parse.Node)) {
	switch n := n.(type) {
	case nil:
		return
	case *parse.ListNode:
		if n == nil {
			return
		}
		f(n)
		for _, k := range n.Nodes {
			each(k, f)
		}
		return
	case *parse.IfNode:
		each(n.List, f)
		each(n.ElseList, f)
	case *parse.RangeNode:
		each(n.List, f)
		each(n.ElseList, f)
	case *parse.WithNode:
		each(n.List, f)
		each(n.ElseList, f)
	}
	f(n)
}

// count puts a call of step at the head of a text and of every loop's body, so
// that none runs for ever.
func count(root *parse.ListNode) {
	head := func(l *parse.ListNode) {
		tree, err := parse.Parse("step", "{{step}}", "", "", stubs)
		if err == nil {
			l.Nodes = append(tree["step"].Root.Nodes[:1:1], l.Nodes...)
		}
	}
	var bodies []*parse.ListNode
	each(root, func(n parse.Node) {
		if r, ok := n.(*parse.RangeNode); ok {
			bodies = append(bodies, r.List)
		}
	})
	for _, b := range bodies {
		head(b)
	}
	head(root)
}

// template joins the texts with the functions of one paper.
func (t *texts) template(funcs template.FuncMap) (*template.Template, error) {
	set := template.New("texts").Option("missingkey=error").Funcs(funcs)
	for name, tree := range t.trees {
		if _, err := set.AddParseTree(name, tree); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// errorAt is the place in the message of a template's error.
var errorAt = regexp.MustCompile(`^template: ([^:]+):(\d+)(?::(\d+))?: (?:executing "([^"]*)" at <[^>]*>: )?(.*)$`)

// inTexts is what a function of the texts finds wrong.
type inTexts struct{ want, got, hint string }

func (e *inTexts) Error() string { return "want " + e.want + ", got " + e.got }

// problemOf turns the error of a template into a problem at its place.
func problemOf(err error, file, text string) diag.Problem {
	p := diag.Problem{Place: diag.Place{File: file}, Field: text, Want: "a text that can be written", Got: err.Error()}
	if m := errorAt.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " ")); m != nil {
		p.Place.File = m[1]
		p.Place.Line, _ = strconv.Atoi(m[2])
		if m[3] != "" {
			col, _ := strconv.Atoi(m[3])
			p.Place.Col = col + 1
		}
		p.Got = m[5]
	}
	var in *inTexts
	if errors.As(err, &in) {
		p.Want, p.Got, p.Hint = in.want, in.got, in.hint
	}
	return p
}

// eachWord calls f for every word that stands in a text.
func eachWord(n parse.Node, f func(string)) {
	eachText(n, func(t *parse.TextNode) {
		for _, s := range strings.FieldsFunc(string(t.Text), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’' }) {
			f(s)
		}
	})
}
