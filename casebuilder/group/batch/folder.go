package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxSlug bounds the readable part of a folder's name.
const maxSlug = 48

// reserved are names that some systems keep for devices.
var reserved = map[string]bool{"con": true, "prn": true, "aux": true, "nul": true,
	"com1": true, "com2": true, "com3": true, "com4": true, "com5": true, "com6": true, "com7": true, "com8": true, "com9": true,
	"lpt1": true, "lpt2": true, "lpt3": true, "lpt4": true, "lpt5": true, "lpt6": true, "lpt7": true, "lpt8": true, "lpt9": true}

// Folder returns the name of a unit's folder. It depends on the unit's name
// alone: small letters, digits and hyphens. Where that loses something of the
// name, beside letter case and double spaces, which do not make another unit,
// a hash of the name follows after "_". So two units have two folders.
func Folder(unit string) string {
	key := strings.ToLower(strings.Join(strings.Fields(unit), " "))
	var b strings.Builder
	whole := true
	for _, r := range norm.NFD.String(key) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('-')
		case unicode.Is(unicode.Mn, r): // an accent, once its letter is written
			whole = false
		default:
			whole = false
			if s := b.String(); s != "" && !strings.HasSuffix(s, "-") {
				b.WriteByte('-')
			}
		}
	}
	slug := b.String()
	if len(slug) > maxSlug {
		slug, whole = slug[:maxSlug], false
	}
	if whole && slug != "" && !reserved[slug] {
		return slug
	}
	for strings.Contains(slug, "--") {
		slug = strings.ReplaceAll(slug, "--", "-")
	}
	slug = strings.Trim(slug, "-")
	if slug == "" {
		slug = "unit"
	}
	hash := sha256.Sum256([]byte(key))
	return slug + "_" + hex.EncodeToString(hash[:5])
}
