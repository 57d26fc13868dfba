package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // logos come as JPEG
	"image/png"

	"casebuilder/casebuilder/page"
)

// Limits of a logo.
const (
	maxLogoBytes = 4 << 20
	maxLogoSide  = 4096 // pixels
)

// logo is a theme's logo as a plain PNG.
type logo struct {
	png  []byte
	w, h float64 // pixels
}

// readLogo decodes a PNG or JPEG and writes it anew, on white and without
// anything else that the file held, so that fpdf only ever sees a PNG that it
// reads well. No bytes are no logo.
func readLogo(data []byte) (*logo, error) {
	if len(data) == 0 {
		return nil, nil
	}
	if len(data) > maxLogoBytes {
		return nil, fmt.Errorf("logo: want at most %d MB, got %d bytes", maxLogoBytes>>20, len(data))
	}
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || format != "png" && format != "jpeg" {
		return nil, errors.New("logo: want a PNG or JPEG image, got another format")
	}
	if cfg.Width < 1 || cfg.Height < 1 || cfg.Width > maxLogoSide || cfg.Height > maxLogoSide {
		return nil, fmt.Errorf("logo: want at most %d pixels a side, got %d × %d", maxLogoSide, cfg.Width, cfg.Height)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("logo: reading the %s image: %w", format, err)
	}
	b := img.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			r, g, bl, a := img.At(b.Min.X+x, b.Min.Y+y).RGBA()
			white := 0xffff - a
			flat.SetRGBA(x, y, color.RGBA{uint8((r + white) >> 8), uint8((g + white) >> 8), uint8((bl + white) >> 8), 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, flat); err != nil {
		return nil, fmt.Errorf("logo: writing it anew: %w", err)
	}
	return &logo{out.Bytes(), float64(b.Dx()), float64(b.Dy())}, nil
}

// drawLogo draws the logo with its top right corner at (right, y), at most
// 90 × 22.5 points.
func (c *composer) drawLogo(right, y float64) {
	scale := min(90/c.logo.w, 22.5/c.logo.h)
	w, h := c.logo.w*scale, c.logo.h*scale
	box := page.Box{X: right - w, Y: y, W: w, H: h}
	c.artifact(func() {
		c.op("q", c.num(box.W), "0 0", c.num(box.H), c.xy(box.X, box.Bottom()), "cm /Logo Do Q")
	})
}
