package company

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"casebuilder/casebuilder/money"
)

// Schema returns the JSON Schema (draft 2020-12) of the company file, made from
// Fields, for editors that complete and check while one types. It knows one
// value at a time; what values mean together is checked by Validate. With specs
// only these estimates are allowed.
func Schema(specs []EstimateSpec) []byte {
	b := &schemaBuilder{defs: map[string]any{}, names: map[string]string{}}
	return b.build(specs)
}

// schemaBuilder keeps what several places share under "$defs".
type schemaBuilder struct {
	defs  map[string]any
	names map[string]string // by the schema as JSON
}

// shared returns a reference to a schema, which is kept once.
func (b *schemaBuilder) shared(kind string, s map[string]any) map[string]any {
	key := string(encode(s))
	name, ok := b.names[key]
	if !ok {
		name = fmt.Sprintf("%s-%d", kind, len(b.defs)+1)
		b.names[key], b.defs[name] = name, s
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

func encode(v any) []byte {
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", "  ")
	if err := w.Encode(v); err != nil { // maps, strings and finite numbers only
		panic(err)
	}
	return b.Bytes()
}

func (b *schemaBuilder) build(specs []EstimateSpec) []byte {
	top := object("The company file of casebuilder.", map[string]any{
		"schema":    map[string]any{"const": 1, "description": "The version of the file format."},
		"estimates": b.estimatesSchema(specs),
		"appetite":  b.appetiteSchema(),
		"options":   b.optionsSchema(),
		"ownership": b.ownershipSchema(),
		"replay":    b.schemaOf(FieldByID("replay")),
		"reviewed":  b.reviewedSchema(),
	}, "schema")
	for i := range Fields {
		b.place(top, strings.Split(Fields[i].ID, "."), &Fields[i])
	}
	top["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	top["$id"] = "urn:casebuilder:company-file:1"
	top["title"] = "Company file"
	top["$defs"] = b.defs
	return encode(top)
}

// object is the schema of a block of keys.
func object(description string, properties map[string]any, required ...string) map[string]any {
	o := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	if description != "" {
		o["description"] = description
	}
	if len(required) > 0 {
		o["required"] = required
	}
	return o
}

// place puts the schema of a field into the blocks on its path, and makes the
// keys on the path of a required field required.
func (b *schemaBuilder) place(o map[string]any, path []string, f *Field) {
	key := path[0]
	properties := o["properties"].(map[string]any)
	if len(path) == 1 {
		properties[key] = b.schemaOf(f)
	} else {
		if properties[key] == nil {
			properties[key] = object("", map[string]any{})
		}
		b.place(properties[key].(map[string]any), path[1:], f)
	}
	if list, _ := o["required"].([]string); f.Needed != "" && !slices.Contains(list, key) {
		o["required"] = append(list, key)
	}
}

// schemaOf is the schema of one field.
func (b *schemaBuilder) schemaOf(f *Field) map[string]any {
	var s map[string]any
	switch f.Kind {
	case Quantity:
		s = b.quantitySchema(f)
	case Text:
		s = b.textSchema()
		switch f.ID {
		case "company.currency":
			s = map[string]any{"enum": money.CurrencyCodes()}
		case "company.country":
			s = map[string]any{"enum": countries}
		}
		if strings.HasSuffix(f.ID, ".id") {
			s = map[string]any{"type": "string", "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "maxLength": MaxID}
		}
	case Word:
		s = map[string]any{"enum": f.Words}
	case Words:
		s = map[string]any{"type": "array", "items": map[string]any{"enum": f.Words}, "uniqueItems": true, "minItems": 1}
	case Texts:
		s = map[string]any{"type": "array", "items": b.textSchema(), "uniqueItems": true, "maxItems": MaxList}
	case Bool:
		s = map[string]any{"enum": []any{true, false, "yes", "no", "on", "off"}}
	case Day:
		s = map[string]any{"type": "string", "pattern": `^\d{4}-\d{2}-\d{2}$`, "format": "date"}
	}
	s["title"] = f.Label
	s["description"] = describe(f)
	if f.Example != "" {
		s["examples"] = []string{f.Example}
	}
	switch d := f.Default.(type) {
	case float64, bool:
		s["default"] = d
	case string:
		if f.Kind != Quantity && f.Kind != Day && d != "" {
			s["default"] = d
		}
	}
	return s
}

// describe is the help of a field with its unit and where to find it.
func describe(f *Field) string {
	s := f.Help
	if f.Kind == Quantity {
		s += " Unit: " + f.Unit + "; " + f.Want + "."
	}
	if f.Where != "" {
		s += " Where: " + f.Where + "."
	}
	if f.Basis != "" {
		s += " Left out: " + f.Basis + "."
	}
	return s
}

func (b *schemaBuilder) textSchema() map[string]any {
	return b.shared("text", map[string]any{"type": []string{"string", "number"}, "minLength": 1, "maxLength": MaxText})
}

// quantitySchema is the schema of a number: plain, with a source, or a range.
func (b *schemaBuilder) quantitySchema(f *Field) map[string]any {
	plain := b.shared("number", map[string]any{"anyOf": plainForms(f)})
	forms := []any{plain, object("A number and where it comes from.", map[string]any{"value": plain, "source": b.textSchema()}, "value")}
	if f.Ranges {
		forms = append(forms, object("A 90% interval: the truth lies below low in 5 of 100 cases and above high in 5.",
			map[string]any{"low": plain, "mode": plain, "high": plain, "source": b.textSchema()}, "low", "high"))
	}
	return b.shared("quantity", map[string]any{"anyOf": forms})
}

// plainForms are the ways to write one number of a field.
func plainForms(f *Field) []any {
	number := map[string]any{"type": "number"}
	if f.Whole {
		number["type"] = "integer"
	}
	limit := func(key, strict string, open bool, v float64) {
		if open {
			key = strict
		}
		if !math.IsInf(v, 0) {
			number[key] = v
		}
	}
	limit("minimum", "exclusiveMinimum", f.Above, f.Min)
	limit("maximum", "exclusiveMaximum", f.Below, f.Max)
	return []any{number, map[string]any{"type": "string", "pattern": humanPattern(f)}}
}

// humanPattern is the pattern of numbers as people write them.
func humanPattern(f *Field) string {
	const digits = `(\d{1,3}([,_' ]\d{3})+|0|[1-9]\d*)(\.\d+)?|\.\d+`
	ending := `([eE][-+]?\d+| ?([kKmMbB]|[mM][nN]|[bBtT][nN]))?`
	if takesPercent(f.Unit) {
		ending = `([eE][-+]?\d+| ?([kKmMbB]|[mM][nN]|[bBtT][nN])| ?(%|percent))?`
	}
	if f.Points {
		ending = `([eE][-+]?\d+| ?(%|percent)| (points?|pp))?`
	}
	sign := "[-+−]?"
	if f.Min >= 0 {
		sign = `\+?`
	}
	return `^\s*` + sign + `(` + digits + `)` + ending + `\s*$`
}

func (b *schemaBuilder) estimatesSchema(specs []EstimateSpec) map[string]any {
	properties := map[string]any{}
	describe := "Replaces the library's value and is credited to you."
	for _, id := range estimateIDs(specs) {
		s, _ := FindEstimate(specs, id)
		low, high := s.bounds()
		f := &Field{Unit: s.Unit, Min: low, Max: high, Above: true, Below: true}
		if s.Constant() || s.Max > s.Min {
			f = &Field{Unit: s.Unit, Min: max(low, s.Min), Max: s.Max}
		}
		f.Ranges = !s.Constant()
		properties[id] = b.quantitySchema(f)
		properties[id].(map[string]any)["description"] = fmt.Sprintf("%s Unit: %s; %s.", describe, s.Unit, s.want())
	}
	o := object("What you know better than the library.", properties)
	if specs == nil {
		o["additionalProperties"] = true
	}
	return o
}

func (b *schemaBuilder) appetiteSchema() map[string]any {
	level := object("A loss, and with what chance in a year at most.", map[string]any{
		"loss": b.schemaOf(FieldByID("appetite.levels.*.loss")), "chance": b.schemaOf(FieldByID("appetite.levels.*.chance"))}, "loss", "chance")
	return object("How much loss the board accepts.", map[string]any{
		"approved": b.schemaOf(FieldByID("appetite.approved")),
		"levels":   map[string]any{"type": "array", "items": level, "maxItems": MaxLevels, "description": "In rising order of loss."},
	})
}

func (b *schemaBuilder) optionsSchema() map[string]any {
	cut := func(part string) any { return b.schemaOf(FieldByID("options.*.*.cuts.*." + part)) }
	cuts := map[string]any{}
	for _, target := range append([]string{EventRate}, CutTargets...) {
		cuts[target] = b.shared("cut", object("By how much it lowers this, as a share of it: a 90% interval.",
			map[string]any{"low": cut("low"), "mode": cut("mode"), "high": cut("high"), "source": cut("source")}, "low", "high"))
	}
	parts := map[string]any{"cuts": object("What it lowers.", cuts)}
	option := map[string]any{}
	for i := range ListFields {
		f := &ListFields[i]
		switch {
		case matches(strings.Split("options.*.*."+f.Key(), "."), strings.Split(f.ID, ".")):
			parts[f.Key()] = b.schemaOf(f)
		case matches(strings.Split("options.*."+f.Key(), "."), strings.Split(f.ID, ".")):
			option[f.Key()] = b.schemaOf(f)
		}
	}
	option["initiatives"] = map[string]any{"type": "array", "minItems": 1, "maxItems": MaxInitiatives,
		"items": object("One piece of an option.", parts, "name")}
	return map[string]any{"type": "array", "maxItems": MaxOptions, "description": "Ways to spend. Which one is recommended is a result.",
		"items": object("One way to spend.", option, "id", "name", "initiatives")}
}

func (b *schemaBuilder) ownershipSchema() map[string]any {
	lines := map[string]any{}
	for _, line := range LossLines {
		owners := map[string]any{"reason": b.schemaOf(FieldByID("ownership.*.reason"))}
		for _, owner := range OwnerNames {
			owners[owner] = b.quantitySchema(FieldByID("ownership.*.*"))
		}
		lines[line] = b.shared("owners", object("Owners and their shares, which sum to 100%.", owners, "reason"))
	}
	return object("Who carries a loss line, where it is not the default owner.", lines)
}

func (b *schemaBuilder) reviewedSchema() map[string]any {
	properties := map[string]any{}
	var keys []string
	for i := range ListFields {
		if f := &ListFields[i]; strings.HasPrefix(f.ID, "reviewed.") {
			properties[f.Key()] = b.schemaOf(f)
			keys = append(keys, f.Key())
		}
	}
	return map[string]any{"type": "array", "maxItems": MaxReviewed, "description": "Changes out of a review that were accepted, newest last.",
		"items": object("An accepted change.", properties, keys...)}
}
