import RealTimeAPI

extension HandlerConnection.Answer {
    /// Checks the answer as far as every answer has to be right, that to a final request too.
    func check() throws(Refusal) {
        guard status == 200 else { throw Refusal(.status, "the status is \(status); it must be 200") }
    }

    /// What is unusual about an answer as the network brings it; nil if nothing is.
    var warning: String? {
        guard isFollowed else { return nil }
        return
            "more bytes came than the answer has, and are not read: its Content-Length is too small, or there are two answers"
    }

    /// What is unusual about the answer to the end of a call; nil if nothing is, also if it says once more to hang up.
    var warningAtEnd: String? {
        let value = (try? JSONText(String(decoding: body, as: UTF8.self)))?.value
        guard case .string(let command)? = value?["command"], !["", Hangup.name].contains(command) else { return nil }
        return "the call is over, and \(command.excerpt) is not executed: answer {}"
    }

    /// The beginning of the body for people, without the line end behind it.
    var shown: String {
        let text = excerpt(160)
        let end = text.lastIndex { !$0.isNewline }.map(text.index(after:)) ?? text.startIndex
        return String(text[..<end]).harmless
    }

    /// The beginning of the body as text, with three dots after it if there is more.
    ///
    /// - Parameter length: characters at the most, the dots aside.
    func excerpt(_ length: Int) -> String {
        let bytes = body.prefix(4 * length)
        let text = String(decoding: bytes, as: UTF8.self)
        return bytes.count < body.count || text.count > length ? text.prefix(length) + "..." : text
    }

    /// What is to be done.
    ///
    /// - Parameter note: is given what the platform takes, but not as it is meant.
    /// - Throws: what the platform refuses.
    func response(note: (Finding) -> Void = { _ in }) throws(Refusal) -> Response {
        try check()
        let isJSON = contentType.prefix { $0 != ";" }.filter { $0 != " " }.lowercased() == "application/json"
        guard isJSON else {
            let found = contentType.isEmpty ? "is missing" : "is '\(contentType.prefix(100))'"
            throw Refusal(.contentType, "Content-Type \(found); it must be application/json")
        }
        guard !body.isEmpty else {
            throw Refusal(.empty, "the body is empty; it must be a response, or {} to end the call")
        }
        let (response, findings) = Response.reading(json: body)
        for finding in findings where finding.severity == .warning { note(finding) }
        guard let response else {
            throw Refusal(
                .response, "the answer is not a response of the API",
                findings: findings.filter { $0.severity == .error })
        }
        return response
    }
}
