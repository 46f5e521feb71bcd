package ui

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/export"
	"bounceboard/ui/lists"
	"bounceboard/ui/menu"
	"bounceboard/ui/prompt"
	"bounceboard/ui/report"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

const writeKind screen.Kind = "write"

// handedOn are the names that are proposed for what can be handed on to another desk, behind the time.
var handedOn = map[keymap.Action]struct {
	name string
	ask  words.Sentence
}{
	keymap.WriteRows:     {"rows-%s.csv", words.WhichRowsFile},
	keymap.WriteLists:    {"lists-%s", words.WhichFolder},
	keymap.WriteEvidence: {"evidence-%s/report.html", words.WhichReport},
}

// openHandOn offers what can be handed on, and then asks where to write what was chosen. Rows that cost few calls are
// fetched meanwhile.
func (m *Model) openHandOn(a keymap.Action) tea.Cmd {
	if a != keymap.HandOn {
		m.openFilePrompt(a, "")
		return nil
	}
	s := m.at.session
	m.at.push(menu.New(m.Theme, m.Lang, m.Keys, keymap.HandOnMenu, func(keymap.Action) bool { return true }))
	if _, outside := s.MarksHere(); outside > 0 {
		m.tell(words.MarkedOutside, words.Number(outside))
	}
	if _, service := s.Plan(); service && s.Fetchable() {
		if c := s.FetchCost(); !c.Open && c.Calls <= smallFetch {
			return m.apply(s.Fetch())
		}
	}
	return nil
}

// handed are the rows that leave, in the order in which one sees them: the marked ones, else all that pass the filter.
func (v *visit) handed() recordset.View {
	marks, _ := v.session.MarksHere()
	listed := v.session.Listed()
	if marks.Len() == 0 {
		return listed
	}
	return slices.DeleteFunc(slices.Clone(listed), func(row uint32) bool { return !marks.Has(int(row)) })
}

// filePrompt asks for a file. What is typed first takes the place of the name that it proposes. Its label is true while rows come.
type filePrompt struct {
	*prompt.Prompt
	proposed bool
	anew     func(text string) *prompt.Prompt
	w, h     int
}

func (f *filePrompt) Resize(w, h int) {
	f.w, f.h = w, h
	f.Prompt.Resize(w, h)
}

// Refresh says how many rows there are by now.
func (f *filePrompt) Refresh() screen.Effect {
	f.Prompt = f.anew(f.Text())
	f.Prompt.Resize(f.w, f.h)
	return screen.Effect{}
}

func (f *filePrompt) Type(key any) screen.Effect {
	if k := key.(tea.KeyMsg); f.proposed && k.Type == tea.KeyRunes && !k.Alt {
		f.Set("", 0)
	}
	f.proposed = false
	return f.Prompt.Type(key)
}

func (f *filePrompt) Paste(text string) screen.Effect { return f.Type(runes([]rune(text)...)) }

// openFilePrompt asks where to write; with no name one is proposed.
func (m *Model) openFilePrompt(a keymap.Action, name string) {
	proposed := name == ""
	if proposed {
		name = strings.ReplaceAll(handedOn[a].name, "%s", m.Now().In(sendcloud.Zone).Format("20060102-150405"))
	}
	write := func(path string) screen.Effect { return m.handOn(a, path) }
	f := &filePrompt{proposed: proposed, anew: func(text string) *prompt.Prompt {
		label := m.Lang.Say(handedOn[a].ask, words.RowCount(m.Lang, len(m.at.handed())))
		if c := m.at.session.Coverage(); c.Partial() && m.at.session.Filter() == "" {
			label = m.Lang.Say(words.OnlyHere, m.here(c)) + label
		}
		return prompt.New(m.Theme, keymap.FilePrompt, label, text, write)
	}}
	f.Prompt = f.anew(name)
	m.at.push(f)
}

// handOn writes what was chosen. What was typed is not lost when that fails.
func (m *Model) handOn(a keymap.Action, path string) screen.Effect {
	if path == "" {
		return screen.Warn(m.Lang.Say(words.NoFileName))
	}
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		path = filepath.Join(m.Getenv("HOME"), rest)
	}
	if said := refused(m.Lang, a, path); said != "" {
		return screen.Warn(said)
	}
	if m.at.session.Fetching() {
		return screen.Warn(m.Lang.Say(words.RowsStillCome))
	}
	h := handing{about: m.about(), snap: m.at.session.Snapshot(), rows: m.at.handed(), rules: m.Rules, path: path, api: m.API}
	if plan, service := m.at.session.Plan(); service && len(plan.Query.Statuses)+len(plan.Query.SubStatuses) > 0 {
		q := plan.Query
		q.Statuses, q.SubStatuses, q.Start, q.Limit = []sendcloud.Status{sendcloud.Delivered}, nil, 0, 0
		q.Days, q.StartDate, q.EndDate = 0, plan.First, plan.Last
		h.delivered = &q
	}
	return popped(h.run(m, a))
}

// run writes what was chosen.
func (h handing) run(m *Model, a keymap.Action) screen.Effect {
	writing := func(rows int) screen.Effect {
		return screen.Say(m.Lang.Say(words.Writing, h.path, words.Number(rows), words.Number(len(h.rows))))
	}
	e := writing(0)
	e.Run = []screen.Job{{Kind: writeKind,
		Run: func(ctx context.Context, tell func(any)) (any, error) {
			h.tell = tell
			switch a {
			case keymap.WriteLists:
				return h.lists(ctx)
			case keymap.WriteEvidence:
				return h.evidence(ctx)
			}
			return h.path, export.NewFile(h.path, h.write)
		},
		Told: func(rows any) screen.Effect { return writing(rows.(int)) },
		Done: func(what any, err error) screen.Effect {
			if err == nil {
				return screen.Effect{Say: &screen.Notice{Text: m.Lang.Say(words.FileWritten, what), Tone: screen.Good, Stays: true}}
			}
			if cost, ok := errors.AsType[*costly](err); ok {
				h.agreed = true
				takes := words.About(m.Lang, time.Minute*time.Duration(cost.calls)/time.Duration(m.API.Budget().PerMinute))
				m.confirm(m.Lang.Say(words.ListsCost, words.Number(cost.calls), takes), func() screen.Effect { return h.run(m, a) })
				return screen.Effect{Say: &screen.Notice{}}
			}
			m.openFilePrompt(a, h.path)
			at, ok := errors.AsType[*fs.PathError](err)
			switch {
			case ok && errors.Is(err, fs.ErrExist):
				return screen.Warn(m.Lang.Say(words.FileExists, at.Path))
			case ok:
				return screen.Warn(m.Lang.Say(words.FileFailed, h.path, at.Err.Error()))
			}
			return screen.Warn(m.Lang.Say(words.FileFailed, h.path, words.ErrorHere(m.Lang, err)))
		}}}
	return e
}

// about says what the rows are, for another desk.
func (f *frame) about() report.About {
	s := f.at.session
	a := report.About{Lang: f.Lang, Question: f.asked(words.Query), Account: f.Where.Profile, Host: f.Where.Host,
		Coverage: f.here(s.Coverage()), Made: f.Now(), Explain: s.Explain}
	asked := report.Asked{Profile: f.Where.Profile, Filter: s.Filter(), Lang: f.Lang}
	if plan, ok := s.Plan(); ok {
		asked.Query, asked.First, asked.Last = plan.Query, plan.First, plan.Last
	} else {
		asked.Files = []string{f.File.Name}
	}
	a.Command = asked.Command()
	return a
}

// handing is rows that are written by a job.
type handing struct {
	about report.About
	snap  recordset.Snapshot
	rows  recordset.View
	rules *bounce.Rules
	path  string
	tell  func(rows any) // how many were taken

	api       session.Service
	delivered *sendcloud.Query // delivered mail, where the rows cannot have it: it tells which addresses got mail later
	agreed    bool             // to what reading it costs
}

// each takes the rows one after the other.
func (h *handing) each(take func(sendcloud.Record) error) error {
	const often = 5000
	for n, row := range h.rows {
		if n%often == often-1 {
			h.tell(n + 1)
		}
		if err := take(h.snap.Record(int(row))); err != nil {
			return err
		}
	}
	return nil
}

// costly says that reading delivered mail costs more calls than are made unasked.
type costly struct{ calls int }

func (c *costly) Error() string { return "it costs calls" }

// handedColumns are those of rows: the service's, and who has to do what.
var handedColumns = slices.Concat(rowjson.Names, []string{"cause", "permanence", "party", "nextStep"})

// write writes the rows with what their replies mean, in the format that the file's name ends in, else as text.
func (h *handing) write(w io.Writer) error {
	extra := export.ExplainColumns(h.about.Lang, h.about.Explain)
	format := export.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(h.path)), "."))
	out, err := export.Open(format, w, export.Options{BOM: true, Extra: extra, Columns: handedColumns, Lang: h.about.Lang})
	if err != nil { // no format of rows
		return h.each(func(r sendcloud.Record) error {
			_, err := io.WriteString(w, export.Text(h.about.Lang, r, h.about.Explain(r))+"\n\n")
			return err
		})
	}
	return cmp.Or(h.each(out.Write), out.Close())
}

// lists sorts the rows into lists.
func (h *handing) lists(ctx context.Context) (string, error) {
	s := lists.NewSorter(h.about.Explain)
	_ = h.each(func(r sendcloud.Record) error { s.Add(r); return nil })
	about := h.about.Question + "\n" + h.about.Coverage
	if h.delivered != nil {
		if err := h.readDelivered(ctx, s); err != nil {
			return "", err
		}
	} else if s.Delivered == 0 {
		about += "\n" + h.about.Lang.Say(words.NoDelivered)
	}
	_, err := lists.Write(h.path, h.about.Lang, s, about)
	return h.path, err
}

// readDelivered adds delivered mail of the same question.
func (h *handing) readDelivered(ctx context.Context, s *lists.Sorter) error {
	if err := lists.Free(h.path); err != nil {
		return err
	}
	plan, err := h.api.Plan(*h.delivered)
	if err != nil {
		return err
	}
	page, err := h.api.Page(ctx, plan, 0, 1, false, nil)
	if err != nil {
		return err
	}
	if calls := plan.Calls() + page.Total/session.PageSize; calls > listFetch && !h.agreed {
		return &costly{calls}
	}
	walk := h.api.All(plan, nil)
	for r, err := range walk.Records(ctx) {
		if err != nil {
			return err
		}
		s.Add(r)
	}
	if len(walk.Summary().Incomplete) > 0 {
		return errors.New(h.about.Lang.Say(words.NothingMade))
	}
	return nil
}

// evidence reports on the rows.
func (h *handing) evidence(ctx context.Context) (string, error) {
	set := recordset.New(recordset.ByRules(h.rules))
	_ = h.each(func(r sendcloud.Record) error { set.Append(r); return nil })
	if err := set.Mine(ctx); err != nil {
		return "", err
	}
	p, err := report.New(ctx, h.about, set.Snapshot(), set.Snapshot().All())
	if err != nil {
		return "", err
	}
	return h.path, p.Save(h.path)
}
