// The yardstick of flows: net/http and a state machine whose state travels in the call's variables, in a journal that is
// sealed with HMAC-SHA256, as a flow's does. It asks for a key, plays a text, and hangs up.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
)

type request struct {
	App           string                     `json:"app"`
	CallID        uint64                     `json:"callid"`
	RequestHash   *string                    `json:"request_hash"`
	CLIName       string                     `json:"cli_name"`
	CLINumber     string                     `json:"cli_number"`
	DateStarted   string                     `json:"date_started"`
	Number        string                     `json:"number"`
	Command       string                     `json:"command"`
	CommandID     json.RawMessage            `json:"command_id"`
	CommandResult string                     `json:"command_result"`
	CommandError  string                     `json:"command_error"`
	CallStatus    string                     `json:"call_status"`
	CDRField      string                     `json:"cdr_field"`
	Variables     map[string]json.RawMessage `json:"variables"`
}

type response struct {
	Command   string                     `json:"command"`
	CommandID int                        `json:"command_id"`
	Params    any                        `json:"params"`
	Variables map[string]json.RawMessage `json:"variables"`
}

type read struct {
	MediaID   string `json:"media_id"`
	MaxDigits int    `json:"max_digits"`
	Attempts  int    `json:"attempts"`
	TimeoutMS int    `json:"timeout_ms"`
}

type play struct {
	MediaID string `json:"media_id"`
}

const member = "rtmedia"

var secret = []byte("0123456789abcdef0123456789abcdef")

// The code of a journal: it covers the call and the other variables too.
func code(question *request, journal string) (string, error) {
	others, err := json.Marshal(question.Variables)
	if err != nil {
		return "", err
	}
	seal := hmac.New(sha256.New, secret)
	seal.Write([]byte(strconv.FormatUint(question.CallID, 10) + "\n"))
	seal.Write(others)
	seal.Write([]byte("\n" + journal))
	return hex.EncodeToString(seal.Sum(nil)), nil
}

// What has happened: the turn, and the results so far. Of a request without a journal it is empty.
func opened(question *request) (turn int, results []string, isAuthentic bool) {
	text, isPresent := question.Variables[member]
	if !isPresent {
		return 0, nil, question.Command == ""
	}
	delete(question.Variables, member)
	var token string
	if json.Unmarshal(text, &token) != nil {
		return 0, nil, false
	}
	dot := strings.LastIndexByte(token, '.')
	if dot < 0 {
		return 0, nil, false
	}
	expected, err := code(question, token[:dot])
	if err != nil || !hmac.Equal([]byte(expected), []byte(token[dot+1:])) {
		return 0, nil, false
	}
	fields := strings.Split(token[:dot], ".")
	turn, err = strconv.Atoi(fields[0])
	return turn, fields[1:], err == nil && string(question.CommandID) == fields[0]
}

func answer(question *request) (*response, error) {
	turn, results, isAuthentic := opened(question)
	if !isAuthentic {
		return &response{Command: "hangup", Params: struct{}{}}, nil
	}
	if question.Command != "" {
		results = append(results, hex.EncodeToString([]byte(question.CommandResult)))
	}
	next := response{CommandID: turn + 1}
	switch len(results) {
	case 0:
		next.Command = "read"
		next.Params = read{"TTS|TTS_FR-FR_AUDREY|Bonjour, appuyez sur étoile", 1, 1, 4000}
	case 1:
		next.Command = "play"
		next.Params = play{"TTS|TTS_FR-FR_AUDREY|Merci"}
	default:
		next.Command = "hangup"
		next.Params = struct{}{}
	}
	journal := strings.Join(append([]string{strconv.Itoa(turn + 1)}, results...), ".")
	if question.Variables == nil {
		question.Variables = map[string]json.RawMessage{}
	}
	seal, err := code(question, journal)
	if err != nil {
		return nil, err
	}
	question.Variables[member] = json.RawMessage(`"` + journal + "." + seal + `"`)
	next.Variables = question.Variables
	return &next, nil
}

func main() {
	http.HandleFunc("/", func(writer http.ResponseWriter, incoming *http.Request) {
		var question request
		if err := json.NewDecoder(incoming.Body).Decode(&question); err != nil {
			http.Error(writer, err.Error(), http.StatusBadRequest)
			return
		}
		next, err := answer(&question)
		if err == nil {
			var body []byte
			if body, err = json.Marshal(next); err == nil {
				writer.Header().Set("Content-Type", "application/json")
				writer.Write(body)
				return
			}
		}
		http.Error(writer, err.Error(), http.StatusInternalServerError)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	os.Stdout.WriteString(listener.Addr().String() + "\n")
	panic(http.Serve(listener, nil))
}
