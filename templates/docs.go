package templates

import "embed"

// Docs are the topics of casebuilder help: docs/<topic>.md. The first line of
// each is its title.
//
//go:embed docs/*.md
var Docs embed.FS
