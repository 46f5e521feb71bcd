package rowjson

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func rowOf(text string) (Row, *Reader) {
	r, row := NewReader([]byte(text)), Row{}
	r.Row(&row, AllKeys)
	return row, r
}

func TestRows(t *testing.T) {
	for text, want := range map[string]map[Key]string{
		`{}`: {},
		`{"emailId":"x","status":"invalid","statusText":"y","subStatus":406,"sendLog":null}`:          {EmailID: "x", Status: "invalid", StatusText: "y", SubStatus: "406"},
		`{"emailId":"x","status":"y","subStatus":"","subStatDesc":"z"}`:                               {EmailID: "x", Status: "y", OtherDesc: "z"},
		" {\t\"sendLog\" : \"a\\\"\\u00e9\\ud83d\\ude00\" , \"x\":[{\"emailId\":1}],\"emailId\":7 } ": {SendLog: "a\"é😀", EmailID: "7"},
		`{"emailId":"a","emailId":"b","more":{"sendLog":"}"}}`:                                        {EmailID: "b"},
		`{"emailId":"ends with \\","sendLog":"\\\\\""}`:                                               {EmailID: `ends with \`, SendLog: `\\"`},
	} {
		got, r := rowOf(text)
		require.Empty(t, r.Problem(), text)
		require.True(t, r.AtEnd(), text)
		for k := range keyCount {
			require.Equal(t, want[k], got.Text[k], "%s: key %d", text, k)
		}
	}
}

func TestKeysThatAreNotWantedArePassedOver(t *testing.T) {
	r, row := NewReader([]byte(`{"emailId":"x","sendLog":"\\\" {","recipients":"y"}`)), Row{}
	r.Row(&row, KeysOf(Recipients))
	require.True(t, r.AtEnd())
	require.Equal(t, KeysOf(Recipients), row.Given)
	require.Equal(t, "y", row.Text[Recipients])
	require.Empty(t, row.Text[EmailID])
}

func TestWhatIsNoRow(t *testing.T) {
	for text, want := range map[string]Problem{
		``: CutOff, `{`: CutOff, `{"emailId`: CutOff, `{"emailId":`: CutOff, `{"emailId":"x`: CutOff, `{"emailId":"x"`: CutOff, `{"emailId":"x",`: CutOff,
		`{"emailId":"x\`: CutOff, `{"a":[1`: CutOff, `{"a":tru`: CutOff,
		`nonsense`: NotJSON, `[1]`: NotJSON, `{"emailId" "x"}`: NotJSON, `{"emailId":"x";}`: NotJSON, `{"emailId":,}`: NotJSON, `{emailId:1}`: NotJSON, `{"emailId":yes}`: NotJSON,
	} {
		_, r := rowOf(text)
		require.Equal(t, want, r.Problem(), text)
	}
}

// FuzzRow: the reader never panics, and reads what encoding/json reads.
func FuzzRow(f *testing.F) {
	for _, l := range []string{`{}`, `{"emailId":"x","subStatus":-0.5e+3,"z":01}`, `{"emailId":"\u00e9\n","sendlog":"x"}`, `{"emailId":"x","k":tru}`, `{"emailId":"x",}`, `{"emailId":"x"}}`, `{"a":"\\","b":"\\\""}`} {
		f.Add([]byte(l))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		r, row := NewReader(text), Row{}
		r.Row(&row, AllKeys)
		whole := r.Problem() == "" && r.AtEnd()
		var want map[string]json.RawMessage
		if json.Unmarshal(text, &want) != nil || want == nil {
			return
		}
		require.True(t, whole, "%q: %s", text, r.Problem())
		for k, name := range Names {
			var s string
			if raw, given := want[name]; given && json.Unmarshal(raw, &s) == nil && json.Valid(raw) && raw[0] == '"' && string(AppendString(nil, s)) == string(raw) {
				require.Equal(t, s, row.Text[k], "%q", text)
			}
		}
	})
}
