// A voicemail as a handler in Go, with nothing but what comes with it: who talks during the greeting leaves a message.
//
// Usage: go run voicemail.go [PORT]    serves on 127.0.0.1, on a free port unless one is named, and prints its address.
//
// The platform sends the variables back that it was answered with: they hold the name of the step that a call is at.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
)

type object = map[string]any

// request is what a request has at least; pointers tell what is missing.
type request struct {
	Call      *int64  `json:"callid"`
	Status    *string `json:"call_status"`
	Command   *string `json:"command"`
	Result    any     `json:"command_result"`
	Variables object  `json:"variables"`
}

func read(r *http.Request) (request request, err error) {
	if err = json.NewDecoder(r.Body).Decode(&request); err != nil {
		return
	}
	switch request.Result.(type) {
	case string, float64:
	default:
		err = errors.New("command_result is missing or of a wrong type")
	}
	if request.Call == nil || request.Status == nil || request.Command == nil || request.Variables == nil {
		err = errors.New("callid, call_status, command and variables are needed")
	}
	return
}

func say(text string) string { return "TTS|TTS_EN-GB_SERENA|" + text }

// next is the next command, and the step that its result belongs to.
func next(step string, result any) (string, object, string) {
	switch {
	case step == "begin":
		return "play_talk_detect", object{"media_id": say("Nobody is here. If you want to leave a message, say yes."),
			"min_ms": 200, "max_ms": 60000, "silence_ms": 300, "analysistime_ms": 3000}, "greet"
	case step == "greet" && result != "TALK":
		return "play", object{"media_id": say("Good bye.")}, "end"
	case step == "greet" || step == "choose" && result == "1":
		return "play", object{"media_id": say("Speak now, and press hash.")}, "invite"
	case step == "invite":
		return "record", object{"silence": 4, "max_duration": 120}, "message"
	case step == "message" && result != "" && result != 0.0:
		return "play_record", object{"media_file": result}, "listen"
	case step == "message" || step == "listen": // without a recording there is nothing to listen to
		return "read", object{"media_id": say("To record it again, press 1."),
			"max_digits": 1, "attempts": 1, "timeout_ms": 4000}, "choose"
	case step == "choose":
		return "play", object{"media_id": say("Thank you. Good bye.")}, "end"
	}
	return "hangup", object{}, "end"
}

func handle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	request, err := read(r)
	answer := object{}
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		answer = object{"error": err.Error()}
	} else if *request.Status == "UP" || *request.Status == "INCOMING_CALL" {
		step, isGiven := request.Variables["step"].(string)
		if !isGiven {
			step = "begin"
		}
		command, params, step := next(step, request.Result)
		request.Variables["step"] = step
		answer = object{"command": command, "command_id": step, "params": params, "variables": request.Variables}
	}
	json.NewEncoder(w).Encode(answer)
}

func main() {
	port := "0"
	if len(os.Args) > 1 {
		port = os.Args[1]
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("http://%s/\n", listener.Addr())
	http.Serve(listener, http.HandlerFunc(handle))
}
