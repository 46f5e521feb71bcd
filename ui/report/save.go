package report

import (
	"crypto/sha256"
	_ "embed" // the templates
	"encoding/hex"
	"errors"
	htmltemplate "html/template"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"bounceboard/ui/export"
)

var (
	//go:embed report.css
	style string
	//go:embed report.html.tmpl
	htmlText string
	//go:embed report.md.tmpl
	markdownText string
)

// Style is the style sheet of the HTML.
func (p *Report) Style() htmltemplate.CSS { return htmltemplate.CSS(style) }

// HTML writes the report as one file that needs nothing else: no script, no font, no network.
func (p *Report) HTML(w io.Writer) error {
	t := htmltemplate.Must(htmltemplate.New("").Funcs(htmltemplate.FuncMap{"say": p.say}).Parse(htmlText))
	return t.Execute(w, p)
}

// Markdown writes the report for a ticket. Whole replies stand in code blocks.
func (p *Report) Markdown(w io.Writer) error {
	t := template.Must(template.New("").Funcs(template.FuncMap{"say": p.say, "md": mark.Replace, "fenced": fenced}).Parse(markdownText))
	return t.Execute(w, p)
}

// mark escapes what Markdown would read as its own.
var mark = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "#", `\#`, "~", `\~`)

// fenced is a code block; its fence is longer than any in the text.
func fenced(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "\n" + text + "\n" + fence
}

// RowsFile is the name of the file of rows beside a report.
const RowsFile = "rows.ndjson"

// Free returns an error of fs.ErrExist where a file would be written over.
func Free(path string) error {
	return export.Free(path, filepath.Join(filepath.Dir(path), RowsFile))
}

// Save writes the report to a new file, Markdown where its name ends in .md, else HTML, and its rows beside it,
// in a folder that is made where it is missing. When it fails no file is left behind.
func (p *Report) Save(path string) error {
	if err := Free(path); err != nil {
		return err
	}
	beside, sum := filepath.Join(filepath.Dir(path), RowsFile), sha256.New()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	err := export.NewFile(beside, func(w io.Writer) error {
		out, err := export.New(export.NDJSON, io.MultiWriter(w, sum), export.Options{})
		for row := range p.rows.Rows() {
			if err == nil {
				err = out.Write(p.snap.Record(row))
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	p.add(&p.Facts, "rows file", RowsFile)
	p.add(&p.Facts, "sha-256", hex.EncodeToString(sum.Sum(nil)))
	write := p.HTML
	if strings.EqualFold(filepath.Ext(path), ".md") {
		write = p.Markdown
	}
	if err := export.NewFile(path, write); err != nil {
		return errors.Join(err, os.Remove(beside))
	}
	return nil
}
