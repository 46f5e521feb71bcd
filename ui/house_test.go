package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
)

// source is a parsed file of the house, by its path from the top.
type source struct {
	path    string
	lines   int
	imports []string
	tree    *ast.File
	set     *token.FileSet
}

func (s source) dir() string { return filepath.ToSlash(filepath.Dir(s.path)) }
func (s source) test() bool  { return strings.HasSuffix(s.path, "_test.go") }

// house parses every Go file that is visible from the top.
func house(t *testing.T) []source {
	t.Helper()
	var all []source
	top := os.DirFS("..")
	require.NoError(t, fs.WalkDir(top, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && strings.HasPrefix(d.Name(), "."), d.Name() == "testdata":
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go"):
			return nil
		}
		data, err := fs.ReadFile(top, path)
		if err != nil {
			return err
		}
		s := source{path: path, lines: strings.Count(string(data), "\n"), set: token.NewFileSet()}
		if s.tree, err = parser.ParseFile(s.set, path, data, parser.ParseComments); err != nil {
			return err
		}
		for _, i := range s.tree.Imports {
			s.imports = append(s.imports, strings.Trim(i.Path.Value, `"`))
		}
		all = append(all, s)
		return nil
	}))
	require.Greater(t, len(all), 50, "the house was not found")
	return all
}

const (
	module = "bounceboard/"
	charm  = "github.com/charmbracelet/"
)

// floors says what of ours a directory's code may import.
var floors = map[string][]string{
	".":                       {"ui/cli"},
	"ui/cli":                  {"ui", "ui/columns", "ui/views", "ui/cli/config", "ui/doctor", "ui/recall", "ui/detail", "ui/cell", "ui/words", "ui/export", "keymap", "theme", "sendcloud", "sendcloud/bounce", "sendcloud/mailtext", "sendcloud/pattern", "sendcloud/recordset", "sendcloud/rowjson", "sendcloud/sendcloudtest", "ui/join", "ui/lists", "ui/report", "sendcloud/find", "sendcloud/paste", "sendcloud/rate"},
	"ui/views":                {"ui/columns", "ui/words", "sendcloud", "sendcloud/recordset"},
	"ui/cli/config":           {"ui/columns", "ui/views", "ui/words", "keymap", "theme", "sendcloud"},
	"ui/screen":               {"sendcloud/paste", "ui/words", "keymap", "sendcloud"},
	"ui/session":              {"sendcloud/mailtext", "sendcloud/find", "sendcloud/paste", "ui/screen", "sendcloud", "sendcloud/bounce", "sendcloud/recordset"},
	"ui/textfield":            {"ui/cell", "theme"},
	"ui/input":                nil,
	"ui/render":               nil,
	"ui/recall":               nil,
	"ui/missing":              append([]string{"sendcloud/find"}, part...),
	"ui/doctor":               {"ui/words", "sendcloud"},
	"ui/export":               append([]string{"ui/columns"}, part...),
	"ui/recipient":            append([]string{"ui/session", "ui/confirm", "ui/recall"}, part...),
	"ui/form":                 append([]string{"ui/recall"}, part...),
	"ui/counts":               append([]string{"ui/session", "ui/confirm"}, part...),
	"ui/help":                 append([]string{"ui/prompt"}, part...),
	"ui/table":                append([]string{"ui/session", "ui/columns", "sendcloud/find"}, part...),
	"ui/cell":                 nil,
	"ui/chart":                {"ui/cell", "theme"},
	"ui/words":                {"ui/cell", "keymap", "sendcloud", "sendcloud/bounce", "sendcloud/find", "sendcloud/mailtext", "sendcloud/paste", "sendcloud/pattern", "sendcloud/rate", "sendcloud/recordset"},
	"ui/lists":                {"ui/export", "ui/words", "sendcloud", "sendcloud/bounce", "sendcloud/pattern"},
	"ui/report":               {"ui/cell", "ui/export", "ui/words", "sendcloud", "sendcloud/bounce", "sendcloud/mailtext", "sendcloud/pattern", "sendcloud/rate", "sendcloud/recordset"},
	"ui/join":                 {"ui/export", "ui/words", "sendcloud", "sendcloud/bounce", "sendcloud/mailtext", "sendcloud/paste", "sendcloud/recordset", "sendcloud/rowjson"},
	"ui/e2e":                  {"ui/words", "keymap", "sendcloud", "sendcloud/bounce", "sendcloud/recordset", "sendcloud/sendcloudtest"},
	"keymap":                  {"sendcloud/mailtext"},
	"theme":                   nil,
	"sendcloud":               {"sendcloud/mailtext", "sendcloud/rowjson"},
	"sendcloud/rowjson":       nil,
	"sendcloud/rate":          nil,
	"sendcloud/paste":         {"sendcloud", "sendcloud/mailtext"},
	"sendcloud/find":          {"sendcloud", "sendcloud/mailtext", "sendcloud/paste"},
	"sendcloud/bounce":        {"sendcloud/mailtext"},
	"sendcloud/mailtext":      nil,
	"sendcloud/pattern":       {"sendcloud/mailtext"},
	"sendcloud/recordset":     {"sendcloud", "sendcloud/bounce", "sendcloud/mailtext", "sendcloud/pattern", "sendcloud/rate", "sendcloud/rowjson"},
	"sendcloud/sendcloudtest": {"sendcloud"},
}

// part is what the parts of the dashboard may import: never each other.
var part = []string{"sendcloud/paste", "ui/cell", "ui/chart", "ui/pane", "ui/screen", "ui/textfield", "ui/words", "keymap", "theme", "sendcloud", "sendcloud/bounce", "sendcloud/mailtext", "sendcloud/pattern", "sendcloud/rate", "sendcloud/recordset", "sendcloud/rowjson"}

// fixtures are what tests may import besides; those of a package that imports
// nothing of ours only the simulated service.
var fixtures = []string{"ui/words", "keymap", "theme", "sendcloud", "sendcloud/sendcloudtest"}

func allowed(s source, dep string) bool {
	if s.path == "ui/render/pty_test.go" && dep == "ui/input" { // a program is tested, which has both
		return true
	}
	if s.test() && (dep == s.dir() || dep == "sendcloud/sendcloudtest" || strings.HasPrefix(s.dir(), "ui/") && slices.Contains(fixtures, dep)) {
		return true
	}
	if s.dir() == "ui" {
		return dep != "ui/cli" && dep != "sendcloud/sendcloudtest"
	}
	may, named := floors[s.dir()]
	if !named {
		may = part
	}
	return slices.Contains(may, dep)
}

func TestNoArrowGoesUp(t *testing.T) {
	for _, s := range house(t) {
		for _, imported := range s.imports {
			if dep, ok := strings.CutPrefix(imported, module); ok {
				require.True(t, allowed(s, dep), "%s imports %s", s.path, dep)
			}
		}
	}
}

// Only files directly in ui know Bubble Tea, and only the text field knows the
// one that it edits with.
func TestOnlyTheTopKnowsBubbleTea(t *testing.T) {
	for _, s := range house(t) {
		for _, i := range s.imports {
			switch {
			case s.test():
			case i == charm+"bubbletea":
				require.Contains(t, []string{"ui", "ui/cli"}, s.dir(), "%s imports bubbletea", s.path)
			case strings.HasPrefix(i, charm+"bubbles"):
				require.Equal(t, "ui/textfield", s.dir(), "%s imports %s", s.path, i)
			}
		}
	}
}

// The terminal is asked for its background unless theme is initialised first,
// which more imports there would change.
func TestThemeStaysALeaf(t *testing.T) {
	may := []string{"io", "slices", "strconv", "strings", charm + "lipgloss", "github.com/muesli/termenv"}
	for _, s := range house(t) {
		switch {
		case s.dir() == "theme" && !s.test():
			for _, i := range s.imports {
				require.Contains(t, may, i, "%s imports %s", s.path, i)
			}
		case s.dir() == "keymap" && !s.test():
			for _, i := range s.imports {
				require.NotContains(t, i, ".", "%s imports %s", s.path, i)
			}
		}
	}
}

// Colours and frames are made in theme alone.
func TestStylesAreMadeInTheme(t *testing.T) {
	for _, s := range house(t) {
		if s.dir() == "theme" || s.test() {
			continue
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "lipgloss" {
					require.NotContains(t, []string{"NewStyle", "Color", "ANSIColor", "AdaptiveColor", "CompleteColor"}, sel.Sel.Name, s.set.Position(sel.Pos()).String())
				}
			}
			return true
		})
	}
}

// A panic in a bare goroutine leaves the terminal raw; one in a command does
// not. Three wait beside the program: for keys, to draw, and for signals.
func TestNoBareGoroutine(t *testing.T) {
	bare := map[string]int{}
	for _, s := range house(t) {
		if s.test() || !strings.HasPrefix(s.path, "ui/") || s.dir() == "ui/cli" {
			continue
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			if _, ok := n.(*ast.GoStmt); ok {
				bare[s.path]++
			}
			return true
		})
	}
	require.Equal(t, map[string]int{"ui/input/reader.go": 1, "ui/render/screen.go": 1, "ui/render/terminal.go": 1}, bare)
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir("..")
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && e.Name() != "bounceboard" { // the ignored binary of go build
			names = append(names, e.Name())
		}
	}
	require.Equal(t, []string{"README.md", "go.mod", "go.sum", "keymap", "main.go", "sendcloud", "theme", "ui"}, names)
}

func TestNamesSayWhatTheyAreFor(t *testing.T) {
	for _, s := range house(t) {
		require.NotContains(t, []string{"util", "utils", "helper", "helpers", "common"}, s.tree.Name.Name, s.path)
	}
}

// A sentence that names a key has the name of an action in braces.
func TestSentencesNameKeysByTheKeymap(t *testing.T) {
	keys := keymap.Default()
	for _, s := range house(t) {
		if s.test() || s.dir() != "ui/words" {
			continue
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			text, ok := n.(*ast.BasicLit)
			if !ok || text.Kind != token.STRING || strings.HasPrefix(text.Value, "`") {
				return true
			}
			for _, mark := range regexp.MustCompile(`\{([a-zA-Z -]+)\}`).FindAllStringSubmatch(text.Value, -1) {
				require.NotEmpty(t, keys.Key(keymap.Action(mark[1])), "%s: %s", s.path, text.Value)
			}
			return true
		})
	}
}

// The sizes of the house are alarms: what is proud of itself passes them without
// being watched.
const (
	mostLines         = 28_000 // of all that is not in features
	mostFileLines     = 500
	mostFiles         = 20 // of a package
	mostFunctionLines = 60
	mostMethods       = 40 // of a type
	manyMethods       = 10 // with more than these a type has
	mostFields        = 20 // at most so many fields
)

// features are the files and packages that came after the program was rebuilt in 28,000 lines. They are not
// counted in it.
var features = []string{
	"keymap/rebind.go",
	"sendcloud/find/",
	"sendcloud/kept.go",
	"sendcloud/mailtext/file.go",
	"sendcloud/paste/",
	"sendcloud/rate/",
	"sendcloud/recordset/value.go",
	"sendcloud/recordset/recipient.go",
	"theme/colors.go",
	"ui/cli/closed.go",
	"ui/cli/config/columns.go",
	"ui/cli/config/look.go",
	"ui/cli/config/views.go",
	"ui/cli/doctor.go",
	"ui/cli/find.go",
	"ui/cli/lists.go",
	"ui/cli/manual.go",
	"ui/cli/out.go",
	"ui/cli/resume.go",
	"ui/cli/report.go",
	"ui/cli/view.go",
	"ui/columns.go",
	"ui/copy_table.go",
	"ui/counts/copy.go",
	"ui/endings.go",
	"ui/facets/copy.go",
	"ui/timeline/copy.go",
	"ui/columns/",
	"ui/detail/others.go",
	"ui/doctor/",
	"ui/export/answers.go",
	"ui/export/columns.go",
	"ui/export/newfile.go",
	"ui/export/xlsx.go",
	"ui/facets/rates.go",
	"ui/form/past.go",
	"ui/form/pasted.go",
	"ui/hand_on.go",
	"ui/input/",
	"ui/join/",
	"ui/lists/",
	"ui/palette",
	"ui/plain.go",
	"ui/recall/",
	"ui/find.go",
	"ui/missing/",
	"ui/session/find.go",
	"ui/table/find.go",
	"ui/recipient/",
	"ui/render/",
	"ui/report/",
	"ui/session/undo.go",
	"ui/table/layout.go",
	"ui/table/sentence.go",
	"ui/table/sideways.go",
	"ui/undo.go",
	"ui/views.go",
	"ui/views/",
	"ui/words/doctor.go",
	"ui/words/find.go",
	"ui/words/recipient.go",
	"ui/words/views.go",
}

func TestSizes(t *testing.T) {
	later := func(path string) bool {
		return slices.ContainsFunc(features, func(f string) bool { return strings.HasPrefix(path, f) })
	}
	all, files, methods, fields := 0, map[string]int{}, map[string]int{}, map[string]int{}
	for _, s := range house(t) {
		if s.test() || ast.IsGenerated(s.tree) { // sentences.go
			continue
		}
		if !later(s.path) {
			all += s.lines
		}
		if files[s.dir()]++; s.lines > mostFileLines {
			t.Errorf("%s has %d lines", s.path, s.lines)
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if lines := s.set.Position(n.End()).Line - s.set.Position(n.Pos()).Line + 1; lines > mostFunctionLines {
					t.Errorf("%s: %s has %d lines", s.path, n.Name.Name, lines)
				}
				if n.Recv != nil {
					methods[s.dir()+"."+receiver(n)]++
				}
			case *ast.TypeSpec:
				if of, ok := n.Type.(*ast.StructType); ok {
					for _, f := range of.Fields.List {
						fields[s.dir()+"."+n.Name.Name] += max(1, len(f.Names))
					}
				}
			}
			return true
		})
	}
	for dir, n := range files {
		if n > mostFiles {
			t.Errorf("%s has %d files", dir, n)
		}
	}
	for name, n := range methods {
		if n > mostMethods || n > manyMethods && fields[name] > mostFields {
			t.Errorf("%s has %d methods and %d fields", name, n, fields[name])
		}
	}
	if all > mostLines {
		t.Errorf("the whole has %d lines", all)
	}
}

// receiver is the name of a method's type.
func receiver(f *ast.FuncDecl) string {
	at := f.Recv.List[0].Type
	if star, ok := at.(*ast.StarExpr); ok {
		at = star.X
	}
	if of, ok := at.(*ast.IndexExpr); ok {
		at = of.X
	}
	return at.(*ast.Ident).Name
}
