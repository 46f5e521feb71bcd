package sendcloudtest_test

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"

	"bounceboard/sendcloud/sendcloudtest"
)

// A client under test asks for a week's invalid addresses; the server knows
// how many it must find, and that the key stayed out of URLs.
func Example() {
	srv, err := sendcloudtest.Start(sendcloudtest.Options{Records: 5000, Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	defer srv.Close()

	question := url.Values{"days": {"7"}, "status": {"4"}}
	want, err := srv.Count(question)
	if err != nil {
		log.Fatal(err)
	}

	// This is the client: replace it by yours.
	form := url.Values{"days": {"7"}, "status": {"4"}}
	user, key := srv.Credentials()
	form.Set("apiUser", user)
	form.Set("apiKey", key)
	resp, err := http.PostForm(srv.URL+"/data/emailStatus", form)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	var got struct {
		Info struct {
			Total int `json:",string"`
		}
	}
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
		log.Fatal(err)
	}

	fmt.Println("right total:", got.Info.Total == want && want > 0)
	for _, call := range srv.Calls() {
		fmt.Println(call.Method, call.Code, "key in URL:", call.KeyInURL)
	}
	// Output:
	// right total: true
	// POST 200 key in URL: false
}

// The next calls can be told to fail, so that a test of retries is
// deterministic.
func ExampleServer_Script() {
	srv, err := sendcloudtest.Start(sendcloudtest.Options{Records: 100})
	if err != nil {
		log.Fatal(err)
	}
	defer srv.Close()
	srv.Script(2, sendcloudtest.Fault403)
	srv.ScriptCode(1, 40005, "认证失败")

	user, key := srv.Credentials()
	for range 4 {
		resp, err := http.PostForm(srv.URL+"/data/emailStatus", url.Values{"apiUser": {user}, "apiKey": {key}, "days": {"1"}})
		if err != nil {
			log.Fatal(err)
		}
		resp.Body.Close()
	}
	for _, call := range srv.Calls() {
		fmt.Println(call.Code)
	}
	// Output:
	// 0
	// 0
	// 40005
	// 200
}

// Every open point of the documentation is a switch.
func ExampleOptions_Switches() {
	var options sendcloudtest.Options
	for _, s := range options.Switches() {
		if s.Name == "empty" {
			fmt.Println(s.Values)
			fmt.Println(s.Set("null-list"))
		}
	}
	fmt.Println(options.Empty)
	// Output:
	// [zero object null missing null-list]
	// <nil>
	// null-list
}
