package casebuilder_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write templates/docs/licences.md")

// phrases tell the licences that we take apart; each text has all the phrases
// of its line, and the first that fits is it. Texts are compared in lower case,
// with single spaces.
var phrases = []struct {
	name string
	all  []string
}{
	{"Unlicense", []string{"this is free and unencumbered software released into the public domain"}},
	{"SIL OFL 1.1", []string{"sil open font license", "version 1.1"}},
	{"Bitstream Vera (fonts)", []string{"bitstream vera", "fonts are (c) bitstream"}},
	{"Apache-2.0", []string{"apache license", "version 2.0, january 2004"}},
	{"MIT", []string{"permission is hereby granted, free of charge", "the software is provided \"as is\"", "the above copyright notice and this permission notice"}},
	{"BSD-3-Clause", []string{"redistribution and use in source and binary forms", "neither the name"}},
	{"BSD-2-Clause", []string{"redistribution and use in source and binary forms", "redistributions in binary form"}},
}

var licenceFile = regexp.MustCompile(`(?i)^(un)?licen[cs]e([.-].*)?$|^copying`)

// TestLicences lists the modules that are part of the program with their
// licences, in templates/docs/licences.md. A module without a licence, or with
// one that is not known here, fails.
func TestLicences(t *testing.T) {
	type module struct{ Path, Version, Dir string }
	c := exec.Command("go", "list", "-deps", "-json=Module", ".")
	c.Dir = ".."
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	modules := map[string]module{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct{ Module *module }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if p.Module != nil && p.Module.Path != "casebuilder" {
			modules[p.Module.Path] = *p.Module
		}
	}
	if len(modules) < 10 {
		t.Fatalf("want the modules of the program, got %d", len(modules))
	}
	var paths []string
	width := 0
	for path := range modules {
		paths = append(paths, path)
		width = max(width, len(path))
	}
	slices.Sort(paths)
	var b strings.Builder
	b.WriteString("# Licences of what the program is made with\n\n" +
		"These modules are part of the binary. Their licences let it be used and passed on, closed\nproducts included; what each asks for is that its notice travels along. " +
		"The notices are in the\nmodules, under the names given here.\n\n")
	fmt.Fprintf(&b, "    %-*s  LICENCE\n", width, "MODULE")
	for _, path := range paths {
		m := modules[path]
		entries, err := os.ReadDir(m.Dir)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, e := range entries {
			if !licenceFile.MatchString(e.Name()) || e.IsDir() {
				continue
			}
			text, err := os.ReadFile(filepath.Join(m.Dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, licence(string(text)))
		}
		if len(found) == 0 || slices.Contains(found, "") {
			t.Errorf("%s: want a licence that is known here, got %q", path, found)
		}
		slices.Sort(found)
		fmt.Fprintf(&b, "    %-*s  %s\n", width, path, strings.Join(slices.Compact(found), ", "))
	}
	const file = "../templates/docs/licences.md"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.String(), string(have)); diff != "" {
		t.Errorf("%s (-want +got; go test ./casebuilder -run Licences -update writes it):\n%s", file, diff)
	}
}

// licence names the licence of a text, or returns "".
func licence(text string) string {
	text = strings.Join(strings.Fields(strings.ToLower(text)), " ")
	for _, p := range phrases {
		if !slices.ContainsFunc(p.all, func(s string) bool { return !strings.Contains(text, s) }) {
			return p.name
		}
	}
	return ""
}
