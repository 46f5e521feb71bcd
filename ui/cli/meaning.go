package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"unicode/utf8"

	"bounceboard/sendcloud/bounce"
	"bounceboard/ui/words"
)

// mostReply is how much of a reply is kept, in bytes; the explainer reads less.
const mostReply = 64 << 10

// meaning is an explanation as JSON. Tokens are the same in every language; what is not known is an
// empty string or 0.
type meaning struct {
	Cause         string  `json:"cause"`
	Permanence    string  `json:"permanence"`
	Confidence    float64 `json:"confidence"`
	Party         string  `json:"party"`
	Provider      string  `json:"provider"`
	Matched       []match `json:"matched"`
	NextStep      string  `json:"nextStep"`
	WhatHappened  string  `json:"whatHappened"`
	WhetherRetry  string  `json:"whetherRetry"`
	Basis         string  `json:"basis"`
	Contradicts   bool    `json:"contradictsSubStatus"`
	ReplyCode     string  `json:"replyCode"`
	EnhancedCode  string  `json:"enhancedCode"`
	Phase         string  `json:"phase"`
	RefusedIP     string  `json:"refusedIp"`
	RefusedDomain string  `json:"refusedDomain"`
	BlockList     string  `json:"blockList"`
	BlockListLink string  `json:"blockListLink"`
	HelpLink      string  `json:"helpLink"`
	WaitSeconds   int64   `json:"waitSeconds"`
	SendCloudList string  `json:"sendCloudList"`
	Rule          string  `json:"rule"`
}

// match is words of the reply that decided, in bytes of it.
type match struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

func writeMeaning(w io.Writer, lang words.Lang, about bounce.Input, e bounce.Explanation, indent string) error {
	l := string(lang)
	m := meaning{
		Cause: e.Cause.String(), Permanence: e.Permanence.String(), Confidence: confidence(e), Party: e.Party.String(), Provider: e.Provider,
		Matched: make([]match, len(e.Matched)), NextStep: e.NextStep(l), WhatHappened: e.What(l), WhetherRetry: e.WhetherRetry(l),
		Basis: e.Basis.String(), Contradicts: e.Contradicts(about.SubStatus), ReplyCode: e.Code, EnhancedCode: e.Enhanced, Phase: string(e.Phase),
		RefusedIP: e.IP, RefusedDomain: e.Domain, BlockList: e.List, BlockListLink: e.ListLink, HelpLink: e.HelpLink,
		WaitSeconds: int64(e.Wait.Seconds()), SendCloudList: string(e.SendCloudList), Rule: e.Rule,
	}
	for i, s := range e.Matched {
		m.Matched[i] = match{about.Text[s.Start:s.End], s.Start, s.End}
	}
	return writeJSON(w, m, indent)
}

// confidence has two digits: more is not known.
func confidence(e bounce.Explanation) float64 { return math.Round(e.Confidence*100) / 100 }

// writeJSON writes v and a line end with one call, harmless on a terminal.
func writeJSON(w io.Writer, v any, indent string) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeControls(b.Bytes()))
	return err
}

// escapeControls writes DEL, C1 and bidi controls in JSON as \uXXXX: they stand in strings alone.
func escapeControls(text []byte) []byte {
	var out []byte
	done := 0
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text[i:])
		}
		switch {
		case r >= 0x7F && r <= 0x9F, r == 0x061C, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			out = fmt.Appendf(append(out, text[done:i]...), `\u%04x`, r)
			done = i + size
		}
		i += size
	}
	if done == 0 {
		return text
	}
	return append(out, text[done:]...)
}

// explainLines explains a reply a line, an object a line out, in the same order. Output goes out
// whenever input has to be waited for.
func (a *app) explainLines(ctx context.Context, rules *bounce.Rules, about bounce.Input) error {
	in, out := bufio.NewReaderSize(a.In, 64<<10), bufio.NewWriterSize(a.Out, 64<<10)
	first := true
	for ctx.Err() == nil {
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return a.output(err)
			}
		}
		line, cut, err := readLine(in, mostReply)
		if errors.Is(err, io.EOF) {
			return a.output(out.Flush())
		}
		if err != nil {
			_ = out.Flush() // what could be read is written; the failure to read is what is said
			return &failure{exitFailed, words.InputUnread, []any{reason(err)}}
		}
		if first {
			line, first = bytes.TrimPrefix(line, []byte("\uFEFF")), false
		}
		about.Text = replyIn(line, cut)
		if err := writeMeaning(out, a.lang, about, rules.Explain(about), ""); err != nil {
			return a.output(err)
		}
	}
	return a.output(out.Flush())
}

// readLine is the next line without its end; of a longer one its first most bytes. It ends with
// io.EOF.
func readLine(in *bufio.Reader, most int) (line []byte, cut bool, err error) {
	read := false
	for {
		piece, err := in.ReadSlice('\n')
		read = read || len(piece) > 0
		room := most - len(line)
		if len(piece) > room {
			cut = cut || len(bytes.TrimRight(piece, "\r\n")) > room
			piece = piece[:room]
		}
		line = append(line, piece...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err == nil, errors.Is(err, io.EOF) && read:
			return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r")), cut, nil
		default:
			return nil, false, err
		}
	}
}

// replyIn is the reply on a line: a JSON string where it begins with a quote, else the line as it is,
// and so a line that only looks like a JSON string.
func replyIn(line []byte, cut bool) string {
	if len(line) == 0 || line[0] != '"' {
		return string(line)
	}
	var s string
	if !cut && json.Unmarshal(line, &s) == nil {
		return s
	}
	const longestEscape = len(`\ud83d\ude00`)
	for n := 0; cut && n <= longestEscape && n < len(line); n++ { // the end may have been cut inside an escape
		whole := append(bytes.Clone(line[:len(line)-n]), '"')
		if json.Unmarshal(whole, &s) == nil {
			return s
		}
	}
	return string(line)
}
