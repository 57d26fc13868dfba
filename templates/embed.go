// Package templates holds the texts, themes and example companies that the
// program carries with it.
//
// The texts of the papers are text/template files, a folder a language, a file
// a page: texts/en/decision.tmpl. Each text is a {{define}}; which of them a
// page prints is decided by the program, from the results. A user's copies
// stand in the same folders of a folder of their own; what they leave out is
// taken from here.
package templates

import "embed"

// Examples are the example companies: examples/<name>.yaml.
//
//go:embed examples/*.yaml
var Examples embed.FS

// DefaultExample is the company that a build without a file is made for.
const DefaultExample = "examples/premium-retailer.yaml"

// Texts are the words of the papers: texts/<lang>/<page>.tmpl.
//
//go:embed texts/*/*.tmpl
var Texts embed.FS

// Themes are examples of a theme file: themes/<name>.yaml.
//
//go:embed themes/*.yaml
var Themes embed.FS
