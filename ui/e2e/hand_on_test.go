package e2e

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

// desk opens the dashboard on srv in an empty folder, which it returns.
func desk(t *testing.T, srv *sendcloudtest.Server) (*person, string) {
	t.Helper()
	dir := t.TempDir()
	p := &person{pane: window(t, 100, 30, account(t, srv), "cd "+dir+"; "+binary+" --lang en --calls-per-minute 3000")}
	p.waitRows()
	return p, dir
}

// one is the only file of a pattern in a folder.
func one(t *testing.T, dir, pattern string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	require.NoError(t, err)
	require.Len(t, files, 1, pattern)
	data, err := os.ReadFile(files[0])
	require.NoError(t, err)
	return string(data)
}

// Journey 1 ends with the answer for the customer in the clipboard: 4 keys.
func TestJourneyTheAnswer(t *testing.T) {
	t.Parallel()
	srv := serve(t, 20_000)
	p, _ := desk(t, srv)
	want := recent(srv)[0]
	for _, r := range recent(srv) {
		if invalid(r) {
			want = r
			break
		}
	}
	p.paste("Message-ID: <x@shop.example>\nX-SENDCLOUD-UUID: " + strings.NewReplacer("$", "%24", "@", "%40").Replace(want.EmailID) + "\n")
	p.waitText("apiUserList")
	p.press("Enter")
	p.waitText(want.Requested.Format("01-02 15:04"))
	p.press("y", "c")
	p.waitText("nswer for the customer (")
	p.within(4)
	answer := words.Answer(words.English, sendcloud.Status(want.Status), meaning(want))
	p.wait("the answer in the buffer", func(screen) bool {
		return strings.Contains(p.run("show-buffer"), answer) || strings.Contains(p.run("show-buffer"), base64.StdEncoding.EncodeToString([]byte(answer)))
	})
}

// Journeys 3 and 5 end with files for other desks: 14 and 8 keys.
func TestJourneysEndWithFiles(t *testing.T) {
	t.Parallel()
	srv := serve(t, 20_000)
	all := number(recent(srv), failed)
	p, dir := desk(t, srv)
	p.press("x", "l")
	p.waitText(fmt.Sprint(all) + " rows into lists")
	p.press("Enter")
	p.waitText("Written to lists-")
	p.within(14)
	require.Contains(t, one(t, dir, "lists-*/README.txt"), fmt.Sprintf("Together: %s rows failed, of ", grouped(all)))

	p.pressed = 0
	p.press("v", "Enter") // the first value of the first column
	p.wait("a filter", func(now screen) bool { return now.contains("domain") && !now.contains(fmt.Sprint(all)+" rows into") })
	p.press("x", "e")
	p.waitText("Evidence on")
	p.press("Enter")
	p.waitText("report.html, readable by you only")
	p.within(8)
	page := one(t, dir, "evidence-*/report.html")
	require.Contains(t, page, "<h1>Failed mail")
	require.NotContains(t, page, "<script")
	require.NotEmpty(t, one(t, dir, "evidence-*/rows.ndjson"))
}

// Journey 8: 5,000 email ids, and which of them are not there: 3 keys.
func TestJourneyManyIDs(t *testing.T) {
	t.Parallel()
	srv := serve(t, 60_000)
	p, dir := desk(t, srv)
	var list strings.Builder
	for i := range 4900 {
		list.WriteString(srv.Record(srv.Len()-1-i).EmailID + "\n")
	}
	for i := range 100 {
		fmt.Fprintf(&list, "1795397411000_15_12_%d.sc-10_0_0_1-inbound0$nobody%d@example.com\n", i, i)
	}
	path := filepath.Join(dir, "ids")
	require.NoError(t, os.WriteFile(path, []byte(list.String()), 0o600))
	p.run("load-buffer", path)
	p.pressed++
	p.run("paste-buffer", "-p")
	p.waitText("apiUserList")
	p.press("Enter")
	p.waitText("not found: 100 of 5,000")
	p.within(3)
}
