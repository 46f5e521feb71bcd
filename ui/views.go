package ui

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/columns"
	"bounceboard/ui/confirm"
	"bounceboard/ui/palette"
	"bounceboard/ui/prompt"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/views"
	"bounceboard/ui/words"
)

// Saved is the views of a person.
type Saved struct {
	Views []views.View             // by name
	Save  func(v views.View) error // keeps one for the next start; it may take a moment
	First views.View               // is opened at the start, in what Options leaves open: variables of the query, order, columns, pane
}

const saveKind = columns.Save

// openViews lists the saved views.
func openViews(m *Model) tea.Cmd {
	if len(m.Saved.Views) == 0 {
		return m.tell(words.NoViews)
	}
	var all []palette.Entry
	for _, v := range m.Saved.Views {
		all = append(all, palette.Entry{Key: v.Name, Keys: v.Name, Text: viewText(m, v)})
	}
	list := palette.New(m.Theme, m.Lang, all, func(name string) screen.Effect {
		i := slices.IndexFunc(m.Saved.Views, func(v views.View) bool { return v.Name == name })
		return popped(openView(m, m.Saved.Views[i], sendcloud.Query{}))
	})
	list.Label, list.Nothing = words.ViewsLabel, words.ViewsNothing
	m.at.push(list)
	return nil
}

// viewText says what a view asks, and how it shows the rows.
func viewText(m *Model, v views.View) string {
	var steps []string
	var q sendcloud.Query
	if v.Read(&q, m.Now()) == nil && len(v.Query) > 0 && m.API != nil {
		if plan, err := m.API.Plan(q); err == nil {
			steps = append(steps, words.ShortQuery(m.Lang, plan))
		}
	}
	if steps == nil { // with variables
		for _, value := range v.Query {
			steps = append(steps, m.Lang.Say(words.Labelling, views.FieldName(m.Lang, value.Field), value.Text))
		}
	}
	if v.Filter != "" {
		steps = append(steps, session.TypedStep(v.Filter).Text)
	}
	if o, ok := v.Sorted(); ok && o != nil {
		steps = append(steps, sortedBy(m.Lang, m.Theme, o))
	}
	if a := keymap.Action(v.Pane); a == keymap.Facets || a == keymap.Timeline {
		steps = append(steps, m.Lang.Say(words.ActionName(a)))
	}
	return strings.Join(steps, " "+m.Theme.Marks.Step+" ")
}

// openView asks for what the variables of a view stand for, one after another, and then asks the view. base is the query
// whose fields stay where the view has none.
func openView(m *Model, v views.View, base sendcloud.Query) screen.Effect {
	if names := v.Variables(); len(names) > 0 {
		return screen.Effect{Push: variablePrompt(m, v, base, names, map[string]string{})}
	}
	return opened(m, v, base)
}

func variablePrompt(m *Model, v views.View, base sendcloud.Query, names []string, values map[string]string) screen.Screen {
	name := names[0]
	last, _ := m.past.variables.Last(name + "=")
	return prompt.New(m.Theme, keymap.ViewPrompt, m.Lang.Say(words.VariableOf, v.Name, name), last, func(text string) screen.Effect {
		if text == "" {
			return screen.Warn(m.Lang.Say(words.VariableEmpty, name))
		}
		values[name] = text
		if bad := v.Filled(values).Check(m.Now()); bad != nil {
			return screen.Warn(bad.What.In(m.Lang))
		}
		e := screen.Effect{}
		if len(names) > 1 {
			e.Push = variablePrompt(m, v, base, names[1:], values)
		} else {
			e = opened(m, v.Filled(values), base)
		}
		if err := m.past.variables.Add(name + "=" + text); err != nil && e.Say == nil {
			e.Say = &screen.Notice{Text: m.Lang.Say(words.HistoryLost, err.Error()), Tone: screen.Bad}
		}
		return popped(e)
	})
}

// opened asks a view whose variables are filled. A view without a query is about the question on screen, as is any view of a file.
func opened(m *Model, v views.View, base sendcloud.Query) screen.Effect {
	bad := v.Read(&base, m.Now())
	if bad != nil {
		return screen.Warn(bad.What.In(m.Lang))
	}
	var path []screen.Step
	if v.Filter != "" {
		if wrong := session.WrongFilter(v.Filter, m.Now()); wrong != nil {
			return screen.Warn(words.FilterError(m.Lang, wrong))
		}
		path = []screen.Step{session.TypedStep(v.Filter)}
	}
	if s := m.at.session; m.File != nil || len(v.Query) == 0 && s.Begun() {
		narrowed := screen.Effect{}
		if path != nil {
			narrowed = s.SetPath(path)
		}
		return both(narrowed, showAs(m, v))
	}
	if _, err := m.API.Plan(base); err != nil {
		return screen.Warn(words.ErrorHere(m.Lang, err))
	}
	return screen.Effect{Ask: &screen.Question{Query: base, Path: path, Then: func() screen.Effect { return showAs(m, v) }}}
}

// both is the effect of two: their jobs run.
func both(a, b screen.Effect) screen.Effect {
	b.Stop, b.Run = append(a.Stop, b.Stop...), append(a.Run, b.Run...)
	return b
}

// showAs sorts and shows the rows on screen as a view has it.
func showAs(m *Model, v views.View) (e screen.Effect) {
	at := m.at
	if at.view = cmp.Or(v.Name, at.view); v.Columns != nil {
		at.table.SetColumns(v.Columns)
	}
	switch v.Pane {
	case "detail":
		at.closePane()
	case "none":
		at.closePane()
		at.pane = nil
	case "facets":
		at.show(at.facets)
		e = at.facets.Refresh()
	case "timeline":
		at.show(at.timeline)
		e = at.timeline.Refresh()
	}
	if o, _ := v.Sorted(); o != nil {
		at.session.AtTop = true
		e = both(e, at.session.SetOrder(o))
	}
	return e
}

// shown is what is on screen, as a view.
func shown(m *Model, name string) views.View {
	at, s := m.at, m.at.session
	v := views.View{Name: name, Filter: s.Filter(), Order: views.OrderText(s.Order), Columns: at.table.Columns(), Pane: "detail"}
	if plan, ok := s.Plan(); ok {
		v.Query = views.Of(plan.Query)
	}
	switch at.pane {
	case at.facets:
		v.Pane = "facets"
	case at.timeline:
		v.Pane = "timeline"
	case nil:
		v.Pane = "none"
	}
	return v
}

// openSave asks for the name of what is on screen.
func openSave(m *Model) tea.Cmd {
	m.at.push(prompt.New(m.Theme, keymap.ViewPrompt, m.Lang.Say(words.ViewNamed), m.at.view, func(name string) screen.Effect {
		if !views.Name(name) {
			return screen.Warn(words.Filled(words.BadViewName, name).In(m.Lang))
		}
		v := shown(m, name)
		if !slices.ContainsFunc(m.Saved.Views, func(v views.View) bool { return v.Name == name }) {
			return popped(screen.Run(saving(m, v)))
		}
		return screen.Effect{Pop: true, Push: confirm.New(m.Theme, m.Lang.Say(words.ViewReplaced, name), func() screen.Effect { return screen.Run(saving(m, v)) })}
	}))
	return nil
}

// saving is the job that keeps a view.
func saving(m *Model, v views.View) screen.Job {
	at := m.at
	return screen.Job{Kind: saveKind, Wait: true,
		Run: func(context.Context, func(any)) (any, error) { return nil, m.Saved.Save(v) },
		Done: func(_ any, err error) screen.Effect {
			if said, ok := errors.AsType[*words.Message](err); ok {
				return screen.Warn(said.In(m.Lang))
			} else if err != nil {
				return screen.Warn(err.Error())
			}
			at.view = v.Name
			m.Saved.Views = slices.DeleteFunc(m.Saved.Views, func(old views.View) bool { return old.Name == v.Name })
			i, _ := slices.BinarySearchFunc(m.Saved.Views, v.Name, func(v views.View, name string) int { return strings.Compare(v.Name, name) })
			m.Saved.Views = slices.Insert(m.Saved.Views, i, v)
			return screen.Effect{Say: &screen.Notice{Text: m.Lang.Say(words.ViewSaved.With(m.Keys), v.Name), Tone: screen.Good}}
		}}
}

// sortedBy says an order.
func sortedBy(l words.Lang, th theme.Theme, o *recordset.Order) string {
	mark := map[bool]string{false: th.Marks.Up, true: th.Marks.Down}
	by := l.Say(words.SortedBy, words.ColumnName(l, o.By), mark[o.Descending])
	if o.Second {
		by += l.Say(words.ThenBy, words.ColumnName(l, o.Then), mark[o.ThenDescending])
	}
	return by
}
