package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/render/pdf"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/review"
	"casebuilder/casebuilder/store"
	"casebuilder/casebuilder/workbook"
	"casebuilder/casestudies"
)

func reviewCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "review", Usage: "say what changed in a workbook that came back, who, why, and what it does", ArgsUsage: "COMPANY REVIEWED",
		Description: `COMPANY is the company file as it is now, REVIEWED the workbook (.xlsx) that came back. Nothing is written unless --accept or --note asks for it: a change needs a reason, a name and a date; where the company file has moved on as well, that is a conflict and is listed. Exit code 3 says that something was refused.

Example:
  casebuilder review company.yaml reviewed.xlsx --accept -o company.reviewed.yaml`,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "accept", Usage: "write the company file with the changes that were taken in"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`FILE` for the company file with the changes"},
			&cli.BoolFlag{Name: "force", Usage: "overwrite that file where it exists"},
			&cli.StringFlag{Name: "note", Usage: "`FILE` for a one-page change note (PDF)"},
			&cli.StringFlag{Name: "paper", Value: "a4", Usage: "`SIZE` of the note: a4 or letter"},
			&cli.StringFlag{Name: "password-file", Usage: "`FILE` with the password of the workbook in its first line"},
			casesFlag(),
		}, formatFlags()...),
		Action: func(c *cli.Context) error { return reviewWorkbook(c, s) },
	}
}

func reviewWorkbook(c *cli.Context, s Streams) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	if c.Args().Len() != 2 {
		return usage("want the company file and the reviewed workbook, got %s", count(c.Args().Len(), "file", "files"))
	}
	out, note, err := reviewOutputs(c)
	if err != nil {
		return err
	}
	lib, err := library(c, s)
	if err != nil {
		return err
	}
	rules, err := casebuilder.Rules(lib)
	if err != nil {
		return err
	}
	secret, err := password(c.String("password-file"))
	if err != nil {
		return err
	}
	book, err := openBook(c.Args().Get(1), secret)
	if err != nil {
		return err
	}
	src, p, err := companyNow(s, c.Args().First(), book, rules)
	if err != nil {
		return err
	}
	r, err := review.Make(review.Input{Sheets: book, Name: c.Args().Get(1), Company: p, CompanyName: c.Args().First(), Library: lib, Rules: rules, Version: Version()})
	if err != nil {
		return err
	}
	written, problems, err := writeReview(c, r, src, out, note)
	if err != nil {
		return err
	}
	if err := printReview(s, format, r, written); err != nil {
		return err
	}
	for _, p := range problems {
		fmt.Fprintln(s.Err, p.Error())
	}
	if n := len(r.Refused) + len(problems); n+len(r.Conflicts) > 0 {
		var parts []string
		if n > 0 {
			parts = append(parts, count(n, "edit was refused", "edits were refused"))
		}
		if k := len(r.Conflicts); k > 0 {
			parts = append(parts, count(k, "conflict", "conflicts"))
		}
		return &codeError{code: codeInput, err: errors.New(strings.Join(parts, ", "))}
	}
	return nil
}

// reviewOutputs are the files that a review is asked to write; it overwrites
// neither what it reads nor, without --force, a file that is there.
func reviewOutputs(c *cli.Context) (out, note string, err error) {
	out, note = c.String("output"), c.String("note")
	switch {
	case c.Bool("accept") && out == "":
		return "", "", usage("want a file for the accepted changes: --accept -o FILE")
	case !c.Bool("accept") && out != "":
		return "", "", withHint(usage("want --accept beside -o"), "without it nothing is written")
	case out != "" && out == note:
		return "", "", usage("want two files for the note and the company file, got %s for both", diag.Quote(out))
	}
	for _, file := range []string{out, note} {
		for i, read := range c.Args().Slice() {
			if file != "" && sameFile(file, read) && !(i == 0 && file == out && c.Bool("force")) {
				return "", "", usage("want a file of its own, got %s, which is read", diag.Quote(file))
			}
		}
	}
	if out != "" && !c.Bool("force") {
		if _, err := os.Lstat(out); err == nil {
			return "", "", withHint(failed(fmt.Errorf("%s: want a new file, got one that exists", out)), "--force overwrites it")
		}
	}
	return out, note, nil
}

func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return filepath.Clean(a) == filepath.Clean(b)
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// openBook opens a workbook, decrypting it where it is encrypted.
func openBook(file, secret string) (*xlsx.File, error) {
	src, err := store.Read(file, maxBook)
	if err != nil {
		return nil, badInput(err)
	}
	return xlsx.Open(bytes.NewReader(src), int64(len(src)), xlsx.ReadOptions{Name: file, Password: secret})
}

// companyNow reads the company file that a workbook is compared with. Where it
// names no date, that of the workbook stands in.
func companyNow(s Streams, file string, book workbook.Sheets, rules company.Rules) ([]byte, *company.Profile, error) {
	src, err := store.Read(file, maxCompany)
	if err != nil {
		return nil, nil, badInput(err)
	}
	if bytes.HasPrefix(src, []byte("PK")) {
		return nil, nil, withHint(usage("%s: want a company file (YAML), got a workbook", file), "the company file comes first, then the workbook")
	}
	opts := intake.Options{Today: today(), Rules: rules}
	back, err := workbook.Read(book, file)
	if err == nil {
		if row := back.Row("company.as_of"); row != nil {
			if d, err := company.ParseDate(row.Filed[0].Text); err == nil {
				opts.Today = d
			}
		}
	}
	p, warnings, err := intake.Company(file, src, opts)
	for _, w := range warnings {
		fmt.Fprintln(s.Err, "warning: "+w.Error())
	}
	return src, p, err
}

// writeReview writes the files that were asked for. problems are changes that
// the company file could not take.
func writeReview(c *cli.Context, r *review.Report, src []byte, out, note string) (written []string, problems diag.List, err error) {
	var drawn []byte
	if note != "" {
		if drawn, err = drawNote(c, r); err != nil {
			return nil, nil, err
		}
	}
	if out != "" {
		var accepted []byte
		accepted, problems = r.Accept(src)
		if err := store.WriteFile(out, accepted); err != nil {
			return nil, nil, failed(err)
		}
		written = append(written, out)
	}
	if note != "" {
		if err := store.WriteFile(note, drawn); err != nil {
			return nil, nil, failed(err)
		}
		written = append(written, note)
	}
	return written, problems, nil
}

// drawNote draws the change note, with as much in its lists as the page holds.
func drawNote(c *cli.Context, r *review.Report) (file []byte, err error) {
	paper, err := paperOf(c)
	if err != nil {
		return nil, err
	}
	for _, most := range []int{10, 7, 5, 3, 2, 1} {
		var full *pdf.OverflowError
		if file, _, err = pdf.Render(r.Note(paper, most)); !errors.As(err, &full) {
			break
		}
	}
	if err != nil {
		return nil, fmt.Errorf("drawing the note: %w", err)
	}
	return file, nil
}

// paperOf reads the flag --paper.
func paperOf(c *cli.Context) (page.Paper, error) {
	switch p := strings.ToLower(c.String("paper")); p {
	case "a4":
		return page.A4, nil
	case "letter":
		return page.Letter, nil
	default:
		return 0, usage("--paper: want a4 or letter, got %s", diag.Quote(p))
	}
}

// reviewed reads a reviewed workbook as the input of another command. What a
// review would refuse is an error; the report stands beside it.
func reviewed(file, secret string, opts intake.Options, lib *casestudies.Library) (*review.Report, error) {
	book, err := openBook(file, secret)
	if err != nil {
		return nil, err
	}
	r, err := review.Make(review.Input{Sheets: book, Name: file, Library: lib, Rules: opts.Rules, Version: Version(), NoTrials: true})
	if err != nil {
		return nil, err
	}
	if !opts.AsOf.IsZero() {
		r.Profile.Company.AsOf = opts.AsOf
	}
	return r, r.Problems().Err()
}

// reviewedCompany reads the company of a reviewed workbook, with what the
// results say of the review, and prints which values are reviewed.
func reviewedCompany(s Streams, file, secret string, opts intake.Options, lib *casestudies.Library) (*company.Profile, *results.Review, error) {
	r, err := reviewed(file, secret, opts, lib)
	if r != nil {
		for _, w := range reviewWarnings(r) {
			fmt.Fprintln(s.Err, "warning: "+w.Error())
		}
	}
	if err != nil {
		return nil, nil, err
	}
	p := text.NewPage(styleOf(s.Out))
	p.Para(fmt.Sprintf("From the reviewed workbook %s: %s; %s.", file, r.Counts(), r.Agreement()))
	for _, c := range r.Changes {
		p.Bullet(fmt.Sprintf("%s (%s): %s -> %s", c.Label, c.ID, c.From(), c.To()), c.Who+", "+c.Date)
	}
	p.WriteTo(s.Out)
	return r.Profile, r.Review(), nil
}

// isBook reports whether a file is a workbook, by its first bytes: a zip
// archive, or an encrypted one.
func isBook(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 4)
	n, _ := io.ReadFull(f, head)
	return n == 4 && (string(head) == "PK\x03\x04" || string(head) == sealed)
}

// sealed is how an encrypted workbook begins.
const sealed = "\xd0\xcf\x11\xe0"

// reviewWarnings are what a reader of a reviewed workbook should know: changed
// cells that were ignored, rows that are gone, and remarks.
func reviewWarnings(r *review.Report) diag.List {
	var list diag.List
	for _, p := range r.Ignored {
		p.Hint = strings.TrimPrefix(p.Hint+"; the change of a locked cell is ignored", "; ")
		list = append(list, p)
	}
	list = append(list, r.Deleted...)
	return append(list, r.Remarks...)
}

// keepReview stops a build that would overwrite a reviewer's work.
func keepReview(dir string) error { return keepReviewed(dir, "") }

// keepReviewed is keepReview for a workbook that may be encrypted.
func keepReviewed(dir, secret string) error {
	file := filepath.Join(dir, casebuilder.WorkbookFile)
	src, err := store.Read(file, maxBook)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil // the folder is made, or refused, when the files are written
	}
	stop := func(format string, a ...any) error {
		return withHint(failed(fmt.Errorf("%s: "+format, append([]any{file}, a...)...)),
			fmt.Sprintf("casebuilder review COMPANY %s says what was changed; --force overwrites it", text.Clean(file)))
	}
	if err != nil {
		return stop("want a workbook that can be looked at before it is overwritten: %w", err)
	}
	book, err := xlsx.Open(bytes.NewReader(src), int64(len(src)), xlsx.ReadOptions{Name: file, Password: secret})
	if err != nil {
		if bytes.HasPrefix(src, []byte(sealed)) {
			return stop("want a workbook that can be looked at before it is overwritten, got one with another password")
		}
		return nil
	}
	edits, answers := workbook.Entered(book)
	switch {
	case edits < 0:
		return stop("want a workbook without a reviewer's entries, got one that cannot be read")
	case edits+answers > 0:
		return stop("want a workbook without a reviewer's entries, got %s and %s", count(edits, "edited row", "edited rows"), count(answers, "answer", "answers"))
	}
	return nil
}
