// The yardstick: a webhook with net/http that reads the same request and writes the same answer.
package main

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
)

type request struct {
	App           string          `json:"app"`
	CallID        uint64          `json:"callid"`
	RequestHash   *string         `json:"request_hash"`
	CLIName       string          `json:"cli_name"`
	CLINumber     string          `json:"cli_number"`
	DateStarted   string          `json:"date_started"`
	Number        string          `json:"number"`
	Command       string          `json:"command"`
	CommandID     json.RawMessage `json:"command_id"`
	CommandResult string          `json:"command_result"`
	CommandError  string          `json:"command_error"`
	CallStatus    string          `json:"call_status"`
	CDRField      string          `json:"cdr_field"`
	Variables     json.RawMessage `json:"variables"`
}

type read struct {
	MediaID   string `json:"media_id"`
	MaxDigits int    `json:"max_digits"`
	Attempts  int    `json:"attempts"`
	TimeoutMS int    `json:"timeout_ms"`
}

type response struct {
	Command   string          `json:"command"`
	CommandID json.RawMessage `json:"command_id"`
	Params    read            `json:"params"`
	Variables json.RawMessage `json:"variables"`
}

func main() {
	http.HandleFunc("/", func(writer http.ResponseWriter, incoming *http.Request) {
		var question request
		if err := json.NewDecoder(incoming.Body).Decode(&question); err != nil {
			http.Error(writer, err.Error(), http.StatusBadRequest)
			return
		}
		body, err := json.Marshal(response{
			"read", question.CommandID,
			read{"TTS|TTS_FR-FR_AUDREY|Bonjour, appuyez sur étoile", 1, 1, 4000}, question.Variables,
		})
		if err != nil {
			http.Error(writer, err.Error(), http.StatusInternalServerError)
			return
		}
		writer.Header().Set("Content-Type", "application/json")
		writer.Write(body)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	os.Stdout.WriteString(listener.Addr().String() + "\n")
	panic(http.Serve(listener, nil))
}
