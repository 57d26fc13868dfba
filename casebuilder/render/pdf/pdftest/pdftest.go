// Package pdftest reads finished PDF files from outside, with the tools that
// a reader would use, and fails a test where something is wrong with them:
// texts that overlap, that stand outside the margins or that are too small.
// It knows nothing of how the file was made.
//
// It needs pdftotext and qpdf. Where one is absent the test is skipped, but
// fails when the environment says CI=true.
package pdftest

import (
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The margins of the design and the least size of any text, in points.
const (
	MarginSide = 18 * 72 / 25.4
	MarginEnd  = 16 * 72 / 25.4
	LeastSize  = 7.5
)

// Word is one word of a page and what it covers, from the top left corner.
type Word struct {
	Page                   int // from 1
	Text                   string
	XMin, YMin, XMax, YMax float64
}

// Page is one page as pdftotext sees it.
type Page struct {
	Width, Height float64
	Words         []Word
}

// Need returns the path of a tool, or skips the test; with CI=true it fails.
func Need(t testing.TB, tool string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is needed where CI=true, and is not installed", tool)
		}
		t.Skipf("%s is not installed", tool)
	}
	return path
}

// Run writes the file to a temporary folder, runs a tool on it and returns
// what it prints. "{}" in the arguments is the file's name. qpdf's exit code
// for warnings fails as well.
func Run(t testing.TB, file []byte, tool string, args ...string) string {
	t.Helper()
	path := Need(t, tool)
	name := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "{}", name)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", tool, strings.Join(args, " "), err, out)
	}
	return string(out)
}

var (
	pageTag = regexp.MustCompile(`<page width="([\d.]+)" height="([\d.]+)"`)
	wordTag = regexp.MustCompile(`<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>`)
	fontOp  = regexp.MustCompile(`/[A-Za-z]+ ([\d.]+) Tf`)
)

// Pages returns the words of every page.
func Pages(t testing.TB, file []byte) []Page {
	t.Helper()
	var pages []Page
	for l := range strings.Lines(Run(t, file, "pdftotext", "-bbox-layout", "{}", "-")) {
		if m := pageTag.FindStringSubmatch(l); m != nil {
			pages = append(pages, Page{Width: number(m[1]), Height: number(m[2])})
		}
		if m := wordTag.FindStringSubmatch(l); m != nil && len(pages) > 0 {
			p := &pages[len(pages)-1]
			p.Words = append(p.Words, Word{len(pages), html.UnescapeString(m[5]), number(m[1]), number(m[2]), number(m[3]), number(m[4])})
		}
	}
	return pages
}

func number(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return v
}

// Check fails the test for every word that overlaps another or leaves the
// margins, and for every size of text below 7.5 points.
func Check(t testing.TB, file []byte) {
	t.Helper()
	for _, p := range Problems(Pages(t, file)) {
		t.Error(p)
	}
	for _, m := range fontOp.FindAllStringSubmatch(Run(t, file, "qpdf", "--qdf", "--object-streams=disable", "{}", "-"), -1) {
		if number(m[1]) < LeastSize-0.001 {
			t.Errorf("want text of at least %.1f pt, got %s", LeastSize, m[1])
		}
	}
}

// Problems lists the words that overlap or leave the margins.
func Problems(pages []Page) []string {
	var out []string
	for _, p := range pages {
		for i, w := range p.Words {
			// A word's box is as high as its font; the letters cover less.
			if w.XMin < MarginSide-0.6 || w.XMax > p.Width-MarginSide+0.6 || w.YMin < MarginEnd-2 || w.YMax > p.Height-MarginEnd+2 {
				out = append(out, fmt.Sprintf("page %d: %q stands outside the margins: x %.1f to %.1f, y %.1f to %.1f", w.Page, w.Text, w.XMin, w.XMax, w.YMin, w.YMax))
			}
			for _, o := range p.Words[:i] {
				if min(w.XMax, o.XMax)-max(w.XMin, o.XMin) > 0.75 && overlap(w, o) {
					out = append(out, fmt.Sprintf("page %d: %q overlaps %q at x %.1f, y %.1f", w.Page, w.Text, o.Text, w.XMin, w.YMin))
				}
			}
		}
	}
	return out
}

// overlap says whether two words share height, not counting the fifth at the
// top and the sixth at the foot of a font's box that letters do not reach.
func overlap(a, b Word) bool {
	ha, hb := a.YMax-a.YMin, b.YMax-b.YMin
	return min(a.YMax-ha/6, b.YMax-hb/6)-max(a.YMin+ha/5, b.YMin+hb/5) > 0.5
}
