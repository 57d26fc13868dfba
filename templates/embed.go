// Package templates holds the texts, themes and example companies that the
// program carries with it.
package templates

import "embed"

// Examples are the example companies: examples/<name>.yaml.
//
//go:embed examples/*.yaml
var Examples embed.FS

// DefaultExample is the company that a build without a file is made for.
const DefaultExample = "examples/premium-retailer.yaml"
