package casestudies

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// Words and number patterns that our texts do not use: promises and slogans
// (TXT-10), a maximum called the worst case (TXT-11), return periods without a
// yearly chance (TXT-13), agreement that nobody gave (TXT-16), fear (TXT-15),
// and percentages or amounts that are more exact than what they rest on
// (TXT-18).
var unwanted = regexp.MustCompile(`(?i)\bwill save\b|\bguarantee|\bprevents\b|\beliminates\b|\bproven\b|industry-leading|\bunhackable\b|when, not if` +
	`|worst[ -]case|average company|typical cost|once in \d+ years|\d+-year event|agreed with marketing` +
	`|catastroph|devastat|nightmare` +
	`|\d\.\d\d+ ?(%|per ?cent)|[$£€]\d[\d,]*\.\d\d\b`)

// notOurs are fields that quote others, or name a place.
var notOurs = map[string]bool{"title": true, "publisher": true, "url": true, "authors": true, "venue": true}

// texts calls f for each text of a value, with the name of its field.
func texts(v reflect.Value, name string, f func(name, text string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			texts(v.Elem(), name, f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), name, f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if !field.IsExported() {
				continue
			}
			tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if tag == "" {
				tag = field.Name
			}
			texts(v.Field(i), tag, f)
		}
	case reflect.String:
		if !notOurs[name] {
			f(name, v.String())
		}
	}
}

func TestTextsOfTheCases(t *testing.T) {
	emoji := regexp.MustCompile(`[\x{2600}-\x{27bf}\x{1f000}-\x{1faff}]`)
	for _, c := range embedded(t).Cases {
		texts(reflect.ValueOf(c), "", func(name, text string) {
			if m := unwanted.FindString(text); m != "" {
				t.Errorf("%s: %s: %q in %q", c.ID, name, m, text)
			}
			if m := emoji.FindString(text); m != "" {
				t.Errorf("%s: %s: %q", c.ID, name, m)
			}
			for _, r := range text {
				if r > 0x2fff { // our own words are English; foreign titles are quotations
					t.Errorf("%s: %s: a text in another script: %q", c.ID, name, text)
					break
				}
			}
		})
	}
}

// What a story page prints is made of the same texts and of numbers.
func TestTextsOfTheStories(t *testing.T) {
	for _, c := range embedded(t).Cases {
		texts(reflect.ValueOf(c.Replay().Story), "", func(name, text string) {
			if m := unwanted.FindString(text); name != "Source" && m != "" {
				t.Errorf("%s: %s: %q in %q", c.ID, name, m, text)
			}
		})
	}
}

// The statements of the evidence quote figures as they were published, so that
// only their words are looked at.
func TestTextsOfTheAssumptions(t *testing.T) {
	words := regexp.MustCompile(strings.Split(unwanted.String(), `|\d\.\d\d+`)[0])
	l, err := loadAssumptions()
	if err != nil {
		t.Fatal(err)
	}
	texts(reflect.ValueOf(l.assumptions), "", func(name, text string) {
		if m := words.FindString(text); m != "" {
			t.Errorf("%s: %q in %q", name, m, text)
		}
	})
}

// The sample of the lint itself.
func TestUnwanted(t *testing.T) {
	for text, want := range map[string]bool{
		"This will save money": true, "a worst case": true, "once in 20 years": true, "down 12.37%": true, "$4.25 each": true,
		"a devastating loss": true, "down 12.4%": false, "about $4.2m": false, "prevented by the bank": false, "4.2 percent": false,
	} {
		if got := unwanted.MatchString(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func TestReadmeNamesEveryField(t *testing.T) {
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(data)
	var walk func(reflect.Type)
	seen := map[reflect.Type]bool{}
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			if f := typ.Field(i); f.IsExported() {
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				if !strings.Contains(readme, "`"+name+"`") {
					t.Errorf("README.md does not tell of `%s` (%s)", name, typ.Name())
				}
				walk(f.Type)
			}
		}
	}
	walk(reflect.TypeFor[Case]())
}
