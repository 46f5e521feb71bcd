package words

import "bounceboard/sendcloud/recordset"

// Message is a sentence with its arguments filled in later, in the reader's language. As an error it says
// what is wrong with a command line or a configuration.
type Message struct {
	What Sentence
	Args []any // sentences and messages among them are said in the same language
}

// Filled is a message of s and its arguments.
func Filled(s Sentence, args ...any) *Message { return &Message{s, args} }

// In says the message in a language.
func (m *Message) In(l Lang) string {
	args := make([]any, len(m.Args))
	for i, arg := range m.Args {
		switch a := arg.(type) {
		case Sentence:
			args[i] = l.Say(a)
		case *Message:
			args[i] = a.In(l)
		default:
			args[i] = arg
		}
	}
	return l.Say(m.What, args...)
}

// Error says it in English.
func (m *Message) Error() string { return m.In(English) }

var nearestKnown = Sentence{" (did you mean %s?)", "（是否想用 %s？）"}

// DidYouMean asks for the known word that is nearest to what was typed, with prefix before it. It says
// nothing where none is near.
func DidYouMean(typed string, known []string, prefix string) *Message {
	if nearest, ok := recordset.Nearest(typed, known); ok {
		return Filled(nearestKnown, prefix+nearest)
	}
	return Filled(Sentence{})
}
