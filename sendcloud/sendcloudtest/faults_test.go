package sendcloudtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// meet scripts one fault and reads what a client gets.
func meet(t *testing.T, o Options, f Fault) (*http.Response, []byte, error) {
	t.Helper()
	if o.Records == 0 {
		o.Records = 500
	}
	s := start(t, o)
	s.Script(1, f)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	t.Cleanup(client.CloseIdleConnections)
	resp, err := client.PostForm(s.URL+"/data/emailStatus", signed(params("days", "30")))
	if err != nil {
		return nil, nil, err
	}
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, resp.Body.Close())
	after := post(t, s, "days", "30")
	require.True(t, after.Result, "the fault outlived its script")
	return resp, body, err
}

func TestFaultsThatReplaceTheAnswer(t *testing.T) {
	for _, c := range []struct {
		fault    Fault
		statuses []int
		body     string
	}{
		{Fault5xx, []int{500, 502, 503, 504}, "<html>"},
		{FaultHTML, []int{200}, "<html>"},
		{Fault401, []int{401}, "<html>"},
		{Fault403, []int{403}, "<html>"},
		{Fault429, []int{429}, "<html>"},
		{FaultRedirect, []int{307}, ""},
		{FaultNull, []int{200}, "null"},
		{FaultList, []int{200}, `[{"result":true`},
		{FaultEmpty, []int{200}, ""},
		{FaultFrequency, []int{200}, `"statuscode":50000`},
		{FaultServer, []int{200}, `"statusCode":501`},
	} {
		resp, body, err := meet(t, Options{}, c.fault)
		require.NoError(t, err, c.fault)
		require.Contains(t, c.statuses, resp.StatusCode, c.fault)
		require.Contains(t, string(body), c.body, c.fault)
		switch c.fault {
		case Fault429:
			require.Equal(t, "1", resp.Header.Get("Retry-After"))
		case FaultRedirect:
			require.Contains(t, resp.Header.Get("Location"), "/elsewhere/")
		case FaultEmpty:
			require.Empty(t, body)
		}
	}
}

func TestFaultsOfTheConnection(t *testing.T) {
	_, _, err := meet(t, Options{}, FaultReset)
	require.Error(t, err)
	require.True(t, errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF), "%v", err)

	resp, body, err := meet(t, Options{}, FaultCut)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.Equal(t, 200, resp.StatusCode)
	require.True(t, bytes.HasPrefix(body, []byte(`{"result":true`)), "nothing came before the cut: %q", body)
	require.False(t, json.Valid(body))
}

func TestFaultsThatChangeTheAnswer(t *testing.T) {
	_, body, err := meet(t, Options{}, FaultBOM)
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(body, []byte("\xef\xbb\xbf{")))

	_, body, err = meet(t, Options{}, FaultUTF8)
	require.NoError(t, err)
	require.False(t, utf8.Valid(body))
	require.True(t, json.Valid(bytes.ToValidUTF8(body, nil)))

	for _, f := range []Fault{FaultDelay, FaultNulls} {
		_, body, err = meet(t, Options{Records: 20, Delay: time.Millisecond}, f)
		require.NoError(t, err)
		require.True(t, json.Valid(body), f)
	}
	require.Contains(t, string(body), `"status":null`)
	require.Contains(t, string(body), `,null`)
}

func TestScriptInOrder(t *testing.T) {
	s := start(t, Options{Records: 10, Faults: Faults{FaultServer: 1}})
	s.ScriptCode(2, 40000, "duplicate request")
	s.Script(1, FaultFrequency)
	var codes []int
	for range 4 {
		d := post(t, s, "days", "1")
		codes = append(codes, d.StatusCode)
	}
	require.Equal(t, []int{40000, 40000, 50000, 501}, codes, "then faults by rate again")
	require.Panics(t, func() { s.Script(1, "fire") })
}

func TestFaultsByRate(t *testing.T) {
	s := start(t, Options{Records: 10, Seed: 1, CallsPerMinute: -1, Faults: Faults{FaultServer: 0.3, FaultFrequency: 0.1}})
	count := map[int]int{}
	for range 600 {
		count[post(t, s, "days", "1").StatusCode]++
	}
	require.InDelta(t, 60, count[50000], 25)
	require.InDelta(t, 165, count[501], 45)
}

func TestParseFaults(t *testing.T) {
	f, err := ParseFaults("5xx=0.01, delay=0.2,")
	require.NoError(t, err)
	require.Equal(t, Faults{Fault5xx: 0.01, FaultDelay: 0.2}, f)
	f, err = ParseFaults("")
	require.NoError(t, err)
	require.Empty(t, f)
	for text, says := range map[string]string{
		"fire=1": "known are [5xx html", "5xx": "5xx=RATE", "5xx=often": "0 to 1", "5xx=2": "0 to 1", "5xx=NaN": "0 to 1",
	} {
		_, err := ParseFaults(text)
		require.ErrorContains(t, err, says, text)
	}
	for _, kind := range KnownFaults() {
		_, err := ParseFaults(string(kind) + "=1")
		require.NoError(t, err)
	}
}

func TestHostileTextReachesTheClientUnchanged(t *testing.T) {
	s := start(t, Options{Records: 600, Seed: 1, Faults: Faults{FaultHostile: 1}})
	var all strings.Builder
	for from := 0; from < 300; from += 100 {
		resp, err := http.PostForm(s.URL+"/data/emailStatus", signed(params("days", "30", "start", itoa(from))))
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.True(t, json.Valid(body), "hostile text broke the JSON")
		all.Write(body)
	}
	for _, h := range HostileTexts() {
		encoded := quote(h)
		require.Contains(t, all.String(), encoded[1:len(encoded)-1], "%q never came", h[:min(20, len(h))])
	}
	require.Contains(t, all.String(), `\ud800`, "a lone surrogate is an escape")
	for _, field := range []string{"sendLog", "recipients", "apiUser"} {
		require.Contains(t, all.String(), `"`+field+`":"=HYPERLINK(`, "%s never began with a formula", field)
	}
}

func TestHostileShareOfRows(t *testing.T) {
	s := start(t, Options{Records: 1000, Seed: 1, Faults: Faults{FaultHostile: 0.1}})
	odd := 0
	for _, row := range post(t, s, "days", "30").Info.VoList {
		if !strings.HasSuffix(row["emailId"].(string), "$"+row["recipients"].(string)) || len(row["sendLog"].(string)) > 2000 {
			odd++
		}
	}
	require.Less(t, odd, 30)
}
