package tree

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type thing struct {
	Name  string   `json:"name"`
	Count *float64 `json:"count,omitempty"`
	Year  int      `json:"year,omitempty"`
	Open  *bool    `json:"open,omitempty"`
	Words []string `json:"words,omitempty"`
	Parts []part   `json:"parts,omitempty"`
	Box   part     `json:"box,omitzero"`
	Size  float64  `yaml:"size"`
}

type part struct {
	ID   string  `json:"id"`
	Text string  `json:"text,omitempty"`
	Cost float64 `json:"cost"`
}

func TestParseAndDecodeProblems(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		want             []string // all problems, in order
	}{
		{"good YAML", "a.yaml", "name: x\ncount: 1.5e3\nopen: true\nwords: [a, b]\nparts:\n  - {id: s1, cost: 2}\nsize: -3\n", nil},
		{"good JSON", "a.JSON", `{"name": "x", "count": 1.5e3, "open": false, "words": [], "parts": null, "box": {"id": "b", "cost": 0}}`, nil},
		{"byte order mark", "a.json", "\ufeff{}", nil},
		{"a number is taken as text", "a.yaml", "name: 2012", nil},
		{"unknown key", "a.yaml", "name: x\nconut: 1",
			[]string{`a.yaml:2:1: want a known field, got "conut"` + "\n  hint: did you mean count?"}},
		{"unknown key inside", "a.json", "{\"parts\": [\n  {\"ident\": 1}]}",
			[]string{`a.json:2:4: parts[0]: want a known field, got "ident"` + "\n  hint: known are id, text, cost"}},
		{"twice", "a.yaml", "name: x\nname: y", []string{`a.yaml:2:1: name: want each field once, got a second one`}},
		{"twice in JSON", "a.json", `{"name": "x", "name": "y"}`, []string{`a.json:1:15: name: want each field once, got a second one`}},
		{"wrong kinds, all at once", "a.yaml", "name: [a]\ncount: many\nyear: 1.5\nopen: yes\nwords: a\nbox: 3\nsize: true", []string{
			`a.yaml:1:7: name: want text, got a list`,
			`a.yaml:2:8: count: want a number, got "many"`,
			`a.yaml:3:7: year: want a whole number, got "1.5"`,
			`a.yaml:4:7: open: want true or false, got "yes"`,
			`a.yaml:5:8: words: want a list, got "a"` + "\n  hint: write a list, such as [a, b]",
			`a.yaml:6:6: box: want a mapping of fields, got "3"`,
			`a.yaml:7:7: size: want a number, got "true"`,
		}},
		{"numbers of other kinds", "a.yaml", "parts:\n- {id: a, cost: .nan}\n- {id: b, cost: .inf}\n- {id: c, cost: 012}\n- {id: d, cost: 1_000}\n- {id: e, cost: 0x10}\n- {id: f, cost: 1e999}\n- {id: g, cost: '5'}\n- {id: h, cost: 24M}\n", []string{
			`a.yaml:2:17: parts[0].cost: want a number, got ".nan"` + "\n  hint: write plain digits, such as 24000000 or 0.024",
			`a.yaml:3:17: parts[1].cost: want a number, got ".inf"` + "\n  hint: write plain digits, such as 24000000 or 0.024",
			`a.yaml:4:17: parts[2].cost: want a number, got "012"` + "\n  hint: write plain digits, such as 24000000 or 0.024",
			`a.yaml:5:17: parts[3].cost: want a number, got "1_000"` + "\n  hint: write plain digits, such as 24000000 or 0.024",
			`a.yaml:6:17: parts[4].cost: want a number, got "0x10"` + "\n  hint: write plain digits, such as 24000000 or 0.024",
			`a.yaml:7:17: parts[5].cost: want a number that a computer can hold, got "1e999"`,
			`a.yaml:8:17: parts[6].cost: want a number, got "5"` + "\n  hint: leave out the quotes",
			`a.yaml:9:17: parts[7].cost: want a number, got "24M"` + "\n  hint: write plain digits, such as 24000000 or 0.024",
		}},
		{"a null in a list", "a.yaml", "words: [a, ~]", []string{`a.yaml:1:12: words[1]: want a value, got nothing`}},
		{"columns count characters", "a.yaml", "name: é\nbox: {id: é, cost: x}", []string{`a.yaml:2:20: box.cost: want a number, got "x"`}},
		{"control characters", "a.json", `{"name": "a\u001b[31m"}`, []string{`a.json:1:10: name: want text without control characters, got "a\x1b[31m"` +
			"\n  hint: characters that steer a terminal or turn the direction of writing are not taken"}},
		{"turned writing", "a.yaml", "name: \"a\u202eb\"", []string{`a.yaml:1:7: name: want text without control characters, got "a\u202eb"` +
			"\n  hint: characters that steer a terminal or turn the direction of writing are not taken"}},
		{"long text", "a.yaml", "name: " + strings.Repeat("x", 4001), []string{`a.yaml:1:7: name: want at most 4000 characters, got 4001`}},

		{"anchor and alias", "a.yaml", "name: &x a\nwords: [*x]", []string{
			`a.yaml:1:7: want plain values, got an anchor (&)`, `a.yaml:2:9: want plain values, got an alias (*)`}},
		{"tag", "a.yaml", "name: !!str a", []string{`a.yaml:1:7: want plain values, got a tag (!)`}},
		{"merge key", "a.yaml", "<<: {a: 1}", []string{`a.yaml:1:1: want plain values, got a merge key (<<)`}},
		{"complex key", "a.yaml", "? a\n: b", []string{`a.yaml:1:1: want a key such as "id:", got a complex key (?)`}},
		{"two documents", "a.yaml", "name: a\n---\nname: b", []string{
			"a.yaml:2:1: want one document, got a second one\n  hint: several cases stand in one list, or in files of their own"}},
		{"two JSON documents", "a.json", "{}\n {}", []string{`a.json:2:2: want one document, got more after its end`}},
		{"deep flow", "a.yaml", strings.Repeat("[", 21), []string{`a.yaml:1:21: want lists and mappings at most 20 deep, got deeper nesting`}},
		{"deep flow, closed inside quotes", "a.yaml", strings.Repeat(`[ "]", `, 21), []string{`a.yaml:1:141: want lists and mappings at most 20 deep, got deeper nesting`}},
		{"deep block", "a.yaml", strings.Repeat("- ", 21) + "x", []string{`a.yaml:1:41: want lists and mappings at most 20 deep, got deeper nesting`}},
		{"deep JSON", "a.json", strings.Repeat("[", 100000), []string{`a.json:1:21: want lists and mappings at most 20 deep, got deeper nesting`}},
		{"not UTF-8", "a.yaml", "name: x\nsize: \xff", []string{"a.yaml:2:7: want text in UTF-8, got bytes that are not\n  hint: save the file as UTF-8"}},
		{"zero byte", "a.yaml", "name: \x00", []string{`a.yaml:1:7: want text, got a zero byte`}},
		{"open quote", "a.yaml", "name: 'x", []string{`a.yaml:1:7: want YAML, got text that is not (could not find end character of single-quoted text)`}},
		{"tab", "a.yaml", "box:\n\tid: x", []string{`a.yaml:2:1: want YAML, got text that is not (found character '	' that cannot start any token)`}},
		{"cut JSON", "a.json", `{"name": "x"`, []string{`a.json:1:13: want JSON, got an end in the middle`}},
		{"broken JSON", "a.json", "{\"name\":\n x}", []string{`a.json:2:2: want JSON, got text that is not (invalid character 'x' looking for beginning of value)`}},
		{"blank lines", "a.yaml", "name: |\n  x\n" + strings.Repeat(" \r\n", 200), []string{`a.yaml:103: want at most 100 blank lines in a row, got more`}},
		{"many keys", "a.yaml", strings.Repeat("a: b\n", 501), []string{`a.yaml:501:1: want a mapping of at most 500 fields, got more`}},
		{"many entries", "a.yaml", strings.Repeat("-\n", 10001), []string{`a.yaml:10001:1: want a list of at most 10000 entries, got more`}},
		{"many tokens", "a.yaml", "[" + strings.Repeat("a,", 100000), []string{`a.yaml:1:200001: want a file of at most 200000 words and signs, got more`}},
		{"too large", "a.yaml", "# " + strings.Repeat("x", MaxBytes), []string{
			"a.yaml: want a file of at most 1048576 bytes, got 1048578 bytes\n  hint: split it: any number of cases may stand in files of their own"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			root, problems := Parse(test.file, []byte(test.text))
			if root != nil && root.Kind == Map {
				problems = Decode(test.file, root, &thing{}).Problems
			}
			var got []string
			for _, p := range problems {
				got = append(got, p.Error())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEmptyDocument(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", " \n"} {
		for _, file := range []string{"a.yaml", "a.json"} {
			if file == "a.json" && strings.Contains(text, "#") {
				continue
			}
			root, problems := Parse(file, []byte(text))
			if root == nil || root.Kind != Null || len(problems) > 0 {
				t.Errorf("Parse(%s, %q) = %v, %v, want a null", file, text, root, problems)
			}
		}
	}
}

// A place that is not in the document is the nearest one around it.
func TestPlaceOfWhatIsMissing(t *testing.T) {
	root, _ := Parse("a.yaml", []byte("parts:\n  - id: s1\n"))
	d := Decode("a.yaml", root, &thing{})
	for path, want := range map[string]string{
		"parts[0].id": "a.yaml:2:9", "parts[0].cost": "a.yaml:2:5", "size": "a.yaml:1:1", "box.id": "a.yaml:1:1",
	} {
		if got := d.Place(path).String(); got != want {
			t.Errorf("Place(%s) = %s, want %s", path, got, want)
		}
	}
}

func TestEncode(t *testing.T) {
	three, no := 3.0, false
	got := string(Encode(&thing{
		Name: "Chef's: \"best\" #1", Count: &three, Open: &no, Words: []string{"a_b", "c-d"},
		Parts: []part{{ID: "s1", Text: strings.Repeat("word ", 25) + "end.", Cost: 1e6}, {ID: "true", Cost: 0.0014}},
		Box:   part{ID: "2012", Text: "2012-01-15"},
	}))
	want := `name: "Chef's: \"best\" #1"
count: 3
open: false
words: [a_b, c-d]
parts:
  - id: s1
    text: >-
      word word word word word word word word word word word word word word word word word word word
      word word word word word word end.
    cost: 1000000
  - id: "true"
    cost: 0.0014
box:
  id: "2012"
  text: 2012-01-15
  cost: 0
size: 0
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// What Encode writes, Decode gives back.
func FuzzEncode(f *testing.F) {
	for _, s := range []string{"", "x", "null", "012", "a: b", "- a", "#a", "a #b", "'", "\"", "a\nb", "  a", "é 日本語 😀", "a:", "[a]", "1e5", "-",
		"? a", "!x", "&x", "*x", "%x", "@x", "`x", "|", ">", "a,b", "{a}", "~", ".inf", "\u2028", "\u00a0", "12:30", "yes", "---", "...",
		strings.Repeat("long words ", 30) + "a: b # c", strings.Repeat("x", 300), "a  b " + strings.Repeat("y ", 90) + "z"} {
		f.Add(s, 1.5)
	}
	f.Fuzz(func(t *testing.T, s string, x float64) {
		if x != x || x > 1e300 || x < -1e300 {
			return
		}
		in := thing{Name: s, Words: []string{s, "a"}, Parts: []part{{ID: s, Text: s}}, Box: part{Text: s, Cost: x}, Size: x}
		out := Encode(&in)
		root, problems := Parse("a.yaml", out)
		if root == nil {
			t.Fatalf("%v\nof %q, written as\n%s", problems, s, out)
		}
		// The reader takes no control characters, cuts blanks at the ends and
		// makes one line of several.
		node := root.Pairs[0].Value
		if got := node.Text; got != s && node.Kind == Text && strings.ToValidUTF8(s, "\ufffd") == s {
			t.Fatalf("got %q, want %q, written as\n%s", got, s, out)
		}
		var back thing
		Decode("a.yaml", root, &back)
		if back.Size != x || back.Box.Cost != x {
			t.Fatalf("numbers: got %v and %v, want %v", back.Size, back.Box.Cost, x)
		}
		if again := Encode(&in); string(again) != string(out) {
			t.Fatal("two runs differ")
		}
	})
}
