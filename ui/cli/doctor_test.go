package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/cli/config"
)

func TestDoctorSaysWhatNeedsMending(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 10})
	env := accountAt(srv)
	env["LANG"] = "C.UTF-8"
	r := world{env: env}.run(t, "doctor")
	require.Equal(t, 0, r.status, r.out+r.err)
	require.Contains(t, r.out, "all is well")
	require.Contains(t, r.out, srv.URL+", from "+config.BaseVariable)

	env[config.KeyVariable] = "not-the-key-at-all"
	r = world{env: env}.run(t, "doctor")
	require.Equal(t, 1, r.status)
	require.Contains(t, r.out, "✗ key and region")
	require.NotContains(t, r.out+r.err, "not-the-key-at-all")

	short := accountAt(service(t, sendcloudtest.Options{Records: 10, WindowDays: 3}))
	r = world{env: short}.run(t, "doctor", "--lang", "zh")
	require.Equal(t, 1, r.status)
	require.Contains(t, r.out, "window_days = 3")
	require.Contains(t, r.out, "1 处需要处理")

	r = world{}.run(t, "doctor")
	require.Equal(t, 1, r.status)
	require.Contains(t, r.out, "SENDCLOUD_API_USER")
}

func TestDoctorNamesTheLineOfABadConfiguration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	require.NoError(t, os.WriteFile(path, []byte("lang = \"zh\"\nnonsense = 1\n"), 0o600))
	r := world{}.run(t, "doctor", "--config", path, "--lang", "en")
	require.Equal(t, 1, r.status)
	require.Contains(t, r.out, "line 2")
	require.Contains(t, r.out, "clipboard", "the rest is checked all the same")
}

func TestManualPage(t *testing.T) {
	r := world{}.run(t, "man")
	require.Equal(t, 0, r.status)
	for _, part := range []string{".TH BOUNCEBOARD 1", ".SH NAME", ".SH SYNOPSIS", `\-\-filter`, "SENDCLOUD_API_KEY", "Exit status", ".SH bounceboard list"} {
		require.Contains(t, r.out, part)
	}
	require.NotRegexp(t, `(?m)^\.(?:[b-eg-mo-z]|a[^d]|n[^f]|f[^i])`, r.out, "a line of text is taken for a request")
	require.Contains(t, world{}.run(t, "man", "--lang", "zh").out, "它只读取")
	require.NotRegexp(t, `[^\x00-\x7e]`, r.out, "groff reads an English page as it is")
}
