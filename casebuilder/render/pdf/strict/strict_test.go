// Package strict validates finished papers with pdfcpu, in its strict mode. It
// stands apart because only this test needs pdfcpu.
package strict

import (
	"bytes"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/render/pdf"
	"casebuilder/casebuilder/render/pdf/internal/specimen"
)

func TestStrictlyValid(t *testing.T) {
	api.DisableConfigDir()
	for name, d := range map[string]*page.Document{
		"specimen, A4": specimen.Document(page.A4), "specimen, Letter": specimen.Document(page.Letter), "nasty": specimen.Nasty(page.A4),
	} {
		file, _, err := pdf.Render(d)
		if err != nil {
			t.Fatal(err)
		}
		conf := model.NewDefaultConfiguration()
		conf.ValidationMode = model.ValidationStrict
		if err := api.Validate(bytes.NewReader(file), conf); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
