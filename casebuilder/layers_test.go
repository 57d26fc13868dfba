package casebuilder_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers says which of our packages each of our packages may import, in the
// order of the data's way. A package stands below what it imports: there is no
// way back up. Paths are those below casebuilder/, but for casestudies,
// templates and main.
var layers = map[string]string{
	// Words, numbers and units: they know no company and no paper.
	"diag":     "",
	"stats":    "",
	"money":    "",
	"quantity": "stats",

	// What goes in: a company's own numbers, and what happened to others.
	"tree":              "diag",
	"company":           "diag money",
	"intake":            "company diag money",
	"casestudies":       "diag tree",
	"casestudies/veris": "casestudies diag",

	// The waist of the hourglass: the model writes results, the papers read
	// them.
	"results": "company diag",
	"model":   "casestudies company quantity results stats",

	// Papers as data. The workbook is the one paper that knows the model: its
	// formulas are the trees of the graph, and its cached values the run.
	"page":     "",
	"book":     "diag",
	"chart":    "page",
	"pitch":    "chart company diag money page results templates tree",
	"workbook": "book casestudies company diag model quantity results",

	// Papers as files and as text on a terminal: they draw what they are given.
	"render/pdf":  "page",
	"render/xlsx": "book diag",
	"render/text": "diag",

	// What is done with finished cases: taken back from a reviewer, added up,
	// compared.
	"review": "book casestudies company diag intake model money page results workbook",
	"group":  "book casestudies chart company diag model money page pitch quantity results stats",
	"diff":   "company group model money render/text results",

	// Where files are opened and written, and everything is joined.
	"store":       "",
	"group/batch": "company diag group intake results store",
	"":            "casestudies company group group/batch intake model money pitch render/pdf render/xlsx results store workbook",
	"cli": "casestudies casestudies/veris casebuilder book company diag diff group group/batch intake model money page pitch quantity " +
		"render/pdf render/text render/xlsx results review store templates workbook",
	"main":      "cli",
	"templates": "",

	// For tests alone: no other code imports them.
	"chart/charttest":              "page",
	"render/pdf/internal/specimen": "chart page",
	"render/pdf/pdftest":           "",
	"render/xlsx/lint":             "book diag render/xlsx",
	"render/xlsx/recalc":           "book render/xlsx",
}

// forTests are the packages of layers that tests alone import.
var forTests = []string{"chart/charttest", "render/pdf/internal/specimen", "render/pdf/pdftest", "render/xlsx/lint", "render/xlsx/recalc"}

// withTheWorld are the packages that may open files by name, read the clock
// and the environment, start programs and print; main hands them its streams.
var withTheWorld = []string{"cli", "group/batch", "store", "main", "render/pdf/pdftest", "render/xlsx/recalc"}

// world are the packages of the standard library that do such things.
var world = []string{"os", "os/exec", "os/signal", "syscall", "net", "net/http", "log", "math/rand", "math/rand/v2", "flag"}

// short is a package's name in layers: its path in the module, without
// casebuilder/.
func short(dir string) string {
	switch {
	case dir == ".":
		return "main"
	case dir == "casebuilder":
		return ""
	}
	return strings.TrimPrefix(dir, "casebuilder/")
}

func TestLayers(t *testing.T) {
	root := os.DirFS("..")
	imports := map[string]map[string]bool{} // package to what its code imports of ours
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := path.Base(name); name != "." && (strings.HasPrefix(base, ".") || base == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
		if err != nil {
			t.Logf("%s cannot be read yet: %v", name, err)
			return nil
		}
		from := short(path.Dir(name))
		if imports[from] == nil {
			imports[from] = map[string]bool{}
		}
		outside := slices.Contains(withTheWorld, from)
		for _, spec := range file.Imports {
			p, _ := strconv.Unquote(spec.Path.Value)
			if rest, ok := strings.CutPrefix(p, "casebuilder/"); ok {
				to := short(rest)
				if to == "" {
					to = "casebuilder"
				}
				imports[from][to] = true
			}
			if !outside && slices.Contains(world, p) {
				t.Errorf("%s imports %s: readers, writers, dates and seeds come in as arguments", name, p)
			}
		}
		if !outside {
			noClock(t, name, file)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for from, tos := range imports {
		allowed, known := layers[from]
		if !known {
			t.Errorf("the package %q is not in the table of layers", from)
			continue
		}
		for to := range tos {
			if !slices.Contains(strings.Fields(allowed), to) {
				t.Errorf("%s imports %s, which the table of layers does not allow", from, to)
			}
			if slices.Contains(forTests, to) && !slices.Contains(forTests, from) {
				t.Errorf("%s imports %s, which is for tests", from, to)
			}
		}
		for _, to := range strings.Fields(allowed) {
			if !tos[to] {
				t.Errorf("%s no longer imports %s: take it out of the table of layers", from, to)
			}
		}
	}
	for from := range layers {
		if imports[from] == nil {
			t.Errorf("the table of layers has the package %q, which is not there", from)
		}
	}
}

// noClock wants code that does not ask for the time.
func noClock(t *testing.T, name string, file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "After", "Sleep"}, sel.Sel.Name) {
				t.Errorf("%s asks the clock: time.%s", name, sel.Sel.Name)
			}
		}
		return true
	})
}
