/// A line of JSON for what could not be done.
struct FailureRecord: Decodable {
    let file: String
    let result: String
    let error: String
    let code: String
}
