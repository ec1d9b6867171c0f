/// What each subcommand's help ends with.
package enum Examples {
    package static let all = [
        "convert": """
        EXAMPLES:
          rtmedia convert welcome.mp3                            welcome.wav beside it
          rtmedia convert prompts/ -o out/ --level -26 --trim    a whole tree, on all cores
          rtmedia convert hello.flac --as command                the play_wav_data response, on standard output
          curl -s https://example.com/a.ogg | rtmedia convert - > a.wav
        """,
        "inspect": """
        EXAMPLES:
          rtmedia inspect out/*.wav                              is it what the platform wants?
          rtmedia inspect prompts/ --level -26 --within 1        and are all of one level?
          rtmedia inspect --json prompts/ | jq -r 'select(.ok | not) | .file'
        """,
        "detect": """
        EXAMPLES:
          rtmedia detect caller.wav                              would play_talk_detect say TALK?
          rtmedia detect caller.wav --min-ms 200 --silence-ms 300 --plot caller.svg
          rtmedia detect caller.wav --command wait_for_silence --silence-ms 500 --iterations 2 --timeout 10
          rtmedia detect noisy.wav --command activity --threshold adaptive --labels talk.txt
          rtmedia detect calls/ --command record --silence 3 --json | jq -r 'select(.result == "SILENCE") | .file'
        """,
        "say": """
        EXAMPLES:
          rtmedia say 'TTS|TTS_FR-FR_AUDREY|Bonjour, appuyez sur étoile' --play
          rtmedia say 'Please hold.' --voice TTS_EN-GB_SERENA -o hold.wav
          rtmedia say 'Please hold.' --as command                the play_wav_data response, on standard output
          rtmedia say - --voice de --ssml -o out.wav < text.xml
          rtmedia say 'Wie lange dauert das?' --voice de -o long.wav --json | jq .duration_ms
        """,
        "voices": """
        EXAMPLES:
          rtmedia voices                                         the platform's voices, and who speaks for them here
          rtmedia voices TTS_PT-BR_LUCIANA                       and for any other
          rtmedia voices --local | grep fr
        """,
        "call": """
        EXAMPLES:
          rtmedia call http://127.0.0.1:8080/ --say "Hello, it's me" --keys 1
          rtmedia call http://127.0.0.1:8080/ --audio caller.wav --record out/
          rtmedia call http://127.0.0.1:8080/ samples/calls/demo.yaml
          rtmedia call http://127.0.0.1:8080/ tests/calls/ --media prompts/ --junit calls.xml
          rtmedia call http://127.0.0.1:8080/ tests/calls/ --start 'node server.js' --wait 30
          rtmedia call http://127.0.0.1:8080/ --media prompts/ --json | jq -r 'select(.kind == "refused") | .text'
          rtmedia call https://example.com/call --calls 10000 --rate 50 --keys 1
          rtmedia call http://127.0.0.1:8080/ tests/calls/ --faults --seed 7
          rtmedia call http://127.0.0.1:8080/ --explore --keys 4711 --record found/
        """,
        "init": """
        EXAMPLES:
          rtmedia init node my-handler
          rtmedia init php my-handler --ci gitlab
        """,
        "tune": """
        EXAMPLES:
          rtmedia tune recordings/ --labels labels.csv --report report.html
          rtmedia tune recordings/ --talk human                  sub-folders human/, machine/, silence/
          rtmedia tune site-a.levels site-b.levels --labels labels.csv --cost-false-talk 3
          rtmedia tune recordings/ --json | jq .recommendation
        """,
        "levels": """
        EXAMPLES:
          rtmedia levels recordings/ -o site-a.levels
          rtmedia levels site-a.levels site-b.levels -o all.levels
        """,
        "studio": """
        EXAMPLES:
          rtmedia studio recordings/ --labels labels.csv --open  look, listen, label and tune in the browser
          rtmedia studio caller.wav                              prints the address to open
          rtmedia studio --prompts prompts/ --sheet prompts.csv  hear what say --sheet made
        """,
        "validate": """
        EXAMPLES:
          curl -s -d @request.json http://localhost:8080/call | rtmedia validate
          rtmedia validate answers.jsonl                         a response a line
          rtmedia validate --request recorded.json --json
        """,
        "schema": """
        EXAMPLES:
          rtmedia schema > realtime.schema.json
          rtmedia schema | jq '."$defs".read'
        """,
        "serve": """
        EXAMPLES:
          rtmedia serve                                          the demo, on http://127.0.0.1:8080/
          rtmedia serve menu.yaml --check                        is there anything wrong with the flow?
          rtmedia serve menu.yaml --host 0.0.0.0 --port 443 --certificate server.pem --key server.key
          RTMEDIA_LOGIN=call RTMEDIA_PASSWORD=secret rtmedia serve --audio hello.mp3
        """,
    ]
}
