import Foundation
import Glibc
import TestSupport
import Testing

/// Who `rtmedia serve` lets in, how it proves who it is, and what it never tells.
@Suite(.waiting, .timeLimit(.minutes(15))) struct ServeAccessTests {
    let place = Workplace()

    private let request = #"{"callid":1,"call_status":"UP","command_id":0,"variables":{}}"#

    private func status(_ port: Int, _ options: String) throws -> String {
        try place.shell(
            "curl -s -o /dev/null -w '%{http_code}' \(options) -H 'Content-Type: application/json' -d '\(request)' http://127.0.0.1:\(port)/"
        ).text
    }

    // MARK: Credentials

    @Test("credentials come from the environment, or from a file")
    func credentials() throws {
        let environment = ["RTMEDIA_LOGIN": "call", "RTMEDIA_PASSWORD": "pass:wörd"]
        try place.write(Array("call:pass:wörd\n".utf8), to: "credentials")
        chmod("\(place.path)/credentials", 0o600)
        let servers = [
            try ServedProcess(["serve", "--port", "0"], in: place, environment: environment),
            try ServedProcess(["serve", "--port", "0", "--credentials", "credentials"], in: place),
        ]
        for server in servers {
            #expect(!server.log.contains("to everybody"))
            #expect(try status(server.port, "-u call:pass:wörd") == "200")
            for wrong in ["", "-u call:pass", "-u Call:pass:wörd", "-u call:pass:wördy", "-H 'Authorization: Basic'"] {
                #expect(try status(server.port, wrong) == "401")
            }
            #expect(try server.end() == 0)
        }
    }

    @Test("credentials that can't be used are told, with 78")
    func wrongCredentials() throws {
        for (text, mode) in [("call:pass\n", 0o644), ("call", 0o600), (":pass", 0o600), ("", 0o600)]
            as [(String, mode_t)]
        {
            try place.write(Array(text.utf8), to: "credentials")
            chmod("\(place.path)/credentials", mode)
            let run = try place.rtmedia("serve", "--port", "0", "--credentials", "credentials")
            #expect(run.status == 78 && run.errors.hasPrefix("rtmedia: credentials: "))
            #expect(run.errors.contains(mode == 0o600 ? "login:password" : "chmod 600 credentials"))
            #expect(!run.errors.contains("pass\n"))
        }
        for environment in [
            ["RTMEDIA_LOGIN": "call"], ["RTMEDIA_PASSWORD": "pass"],
            ["RTMEDIA_LOGIN": "a:b", "RTMEDIA_PASSWORD": "pass"],
        ] {
            let run = try place.rtmedia("serve", "--port", "0", environment: environment)
            #expect(run.status == 78 && run.errors.contains("RTMEDIA_LOGIN"))
        }
    }

    @Test(
        "a login or a password in which nothing can be seen is none, with 78",
        arguments: ["call:", "call:  ", "call:\u{A0}", "call:\t\u{200B}", " :pass"])
    func blankCredentials(line: String) throws {
        try place.write(Array("\(line)\n".utf8), to: "credentials")
        chmod("\(place.path)/credentials", 0o600)
        let run = try place.rtmedia("serve", "--port", "0", "--credentials", "credentials")
        #expect(run.status == 78)
        #expect(run.errors == "rtmedia: credentials: the login and the password must not be empty or blank\n")
        let parts = line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let set = try place.rtmedia(
            "serve", "--port", "0", environment: ["RTMEDIA_LOGIN": parts[0], "RTMEDIA_PASSWORD": parts[1]])
        #expect(
            set.status == 78 && set.errors == "rtmedia: RTMEDIA_LOGIN and RTMEDIA_PASSWORD must not be empty or blank\n"
        )
    }

    // MARK: The journals' secret

    @Test("the secret is a file of its owner's alone, made on first use, and the same after a restart")
    func secretFile() throws {
        let first = try ServedProcess(["serve", "--port", "0"], in: place)
        var hand = HandCall(url: "http://127.0.0.1:\(first.port)/", place: place)
        let answer = try hand.begin(1)
        first.send(SIGKILL)
        #expect(try first.waitForEnd() == 128 + SIGKILL)
        let path = "\(place.path)/.local/state/rtmedia/secret"
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let second = try ServedProcess(["serve", "--port", "0"], in: place)
        hand = HandCall(url: "http://127.0.0.1:\(second.port)/", place: place)
        #expect(try hand.report("0", 1, after: answer).contains(#""command":"read""#))
        #expect(try second.end() == 0)

        chmod(path, 0o640)
        let home = ["HOME": place.path, "XDG_STATE_HOME": ""]
        let run = try place.rtmedia("serve", "--port", "0", environment: home)
        #expect(run.status == 78 && run.errors.contains("chmod 600 \(path)"))
        for secret in ["", "short"] {
            let run = try place.rtmedia("serve", "--port", "0", environment: ["RTMEDIA_SECRET": secret])
            #expect(run.status == 78 && run.errors.contains("RTMEDIA_SECRET: ") && !run.errors.contains("short"))
        }
    }

    @Test("no secret is told, however much is logged and whatever goes wrong")
    func secretsAreKept() throws {
        let secrets = [
            "RTMEDIA_SECRET": "journal-secret-4711", "RTMEDIA_LOGIN": "login-4711", "RTMEDIA_PASSWORD": "password-4711",
        ]
        let server = try ServedProcess(
            ["serve", "--port", "0", "--log-level", "trace"], in: place, environment: secrets)
        let url = "http://127.0.0.1:\(server.port)/"
        let hand = HandCall(url: url, place: place, options: "-u login-4711:password-4711")
        var said = ""
        let answer = try hand.begin(1)
        let json = try #require(answer.range(of: #""rtmedia":"2."#))
        let forged = answer.replacingCharacters(in: json, with: #""rtmedia":"1."#)
        said += try hand.report("!#password-4711-wrong", 1, after: forged)
        said += try hand.report("0", 2, after: answer)
        for body in ["{", #"{"callid":"x"}"#, "\u{1}", String(repeating: " ", count: 300_000)] {
            said += try hand.post(body)
        }
        for wrong in ["-u login-4711:password-4712", "-H 'Authorization: Bearer bearer-4711'", "-u password-4711:x"] {
            said += try HandCall(url: url, place: place, options: wrong).post(request)
        }
        said += try HandCall(url: "\(url)nowhere/password-4711", place: place, options: hand.options).post(request)
        said += try place.shell("curl -s \(hand.options) \(url)").text
        said += try place.shell("curl -s \(hand.options) \(url)metrics").text
        _ = try hand.report("0", 1, after: answer)
        #expect(try server.end() == 0)
        said += server.log
        #expect(
            said.contains("journal was refused") && said.contains(#"status=401"#)
                && said.contains(#"refused_total{status="413"} 1"#) && said.contains("journals_rejected_total 2\n"))
        let encoded = Data("login-4711:password-4711".utf8).base64EncodedString()
        for secret in Array(secrets.values) + [encoded, "password-4712", "bearer-4711"] {
            #expect(!said.contains(secret))
        }
    }

    #if TLS
        // MARK: TLS

        /// Makes a certificate and its key.
        private func certify(_ name: String, certificate: String, key: String) throws {
            let run = try place.shell(
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=\(name) -addext subjectAltName=DNS:localhost -keyout \(key) -out \(certificate)"
            )
            try #require(run.status == 0, "\(run.errors)")
        }

        @Test("https is spoken with a certificate, and what is no TLS disturbs nobody")
        func https() throws {
            try certify("localhost", certificate: "c.pem", key: "k.pem")
            let server = try ServedProcess(
                ["serve", "--port", "0", "--certificate", "c.pem", "--key", "k.pem"], in: place)
            #expect(server.log.contains("serving the demo on https://127.0.0.1:"))
            let hand = HandCall(
                url: "https://localhost:\(server.port)/", place: place, options: "--cacert c.pem --http1.1")
            let answer = try hand.begin(1)
            #expect(answer.contains(#""command":"play""#))
            #expect(try HandCall(url: hand.url, place: place).begin(2).isEmpty, "a certificate that nobody vouches for")
            let plain = RawConnection(port: server.port)
            plain.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}")
            #expect(!plain.readToEnd().contains("HTTP/1.1 200"))
            let idle = RawConnection(port: server.port)
            #expect(try hand.report("0", 1, after: answer).contains(#""command":"read""#))
            #expect(try place.shell("curl -s --cacert c.pem --tls-max 1.1 \(hand.url)health").status != 0)
            #expect(try hand.post("{").contains(#"{"error":"the body is not a request"#))
            #expect(try place.shell("curl -s -X PUT --cacert c.pem \(hand.url)").text.contains("only POST is allowed"))
            #expect(try server.end() == 0)
            #expect(idle.readToEnd().isEmpty)
        }

        @Test("SIGHUP reads the certificate again, and one that is wrong changes nothing")
        func renewal() throws {
            try certify("first", certificate: "c.pem", key: "k.pem")
            let server = try ServedProcess(
                ["serve", "--port", "0", "--certificate", "c.pem", "--key", "k.pem"], in: place)
            func name() throws -> String {
                try place.shell(
                    "openssl s_client -connect 127.0.0.1:\(server.port) </dev/null 2>/dev/null | openssl x509 -noout -subject"
                ).text
            }
            #expect(try name() == "subject=CN = first\n")
            try certify("second", certificate: "c.pem", key: "k2.pem")
            server.send(SIGHUP)
            try server.read(until: /k.pem: is not the key of the certificate in c.pem; .* still get/)
            #expect(try name() == "subject=CN = first\n")
            _ = try place.shell("mv k2.pem k.pem")
            server.send(SIGHUP)
            try server.read(until: /new connections get the certificate in c.pem/)
            #expect(try name() == "subject=CN = second\n")
            #expect(try server.end() == 0)
        }

        @Test(
            "a certificate and a key that can't be used are told, with 78",
            arguments: [
                ("c.pem", "k2.pem", "k2.pem: is not the key of the certificate in c.pem"),
                ("c.pem", "locked.pem", "locked.pem: has no private key in it, in PEM form and without a passphrase"),
                ("nosuch.pem", "k.pem", "nosuch.pem: can't be opened: No such file or directory"),
                ("c.pem", "nosuch.pem", "nosuch.pem: can't be opened: No such file or directory"),
                ("k.pem", "k.pem", "k.pem: has no certificate in it, in PEM form"),
                ("c.pem", ".", ".: can't be read: Is a directory"),
            ])
        func wrongIdentity(certificate: String, key: String, message: String) throws {
            try certify("localhost", certificate: "c.pem", key: "k.pem")
            try certify("other", certificate: "c2.pem", key: "k2.pem")
            _ = try place.shell("openssl pkcs8 -topk8 -in k.pem -passout pass:secret -out locked.pem")
            let run = try place.rtmedia("serve", "--port", "0", "--certificate", certificate, "--key", key)
            #expect(run.status == 78 && run.errors == "rtmedia: \(message)\n")
        }
    #else
        @Test("a build without TLS says so")
        func noTLS() throws {
            let run = try place.rtmedia("serve", "--port", "0", "--certificate", "c.pem", "--key", "k.pem")
            #expect(run.status == 78 && run.errors.contains("trait TLS"))
        }
    #endif
}
