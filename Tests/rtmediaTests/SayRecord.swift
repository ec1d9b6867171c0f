/// The object of `say --json`.
struct SayRecord: Decodable {
    let file: String?
    let result: String
    let voice: String
    let stand_in: String
    let explanation: String
    let language: String?
    let sex: String?
    let engine: String
    let duration_ms: Double
    let samples: Int
    let payload_bytes: Int
    let active_level_dbov: Double
    let gain_db: Double
    let played_by: String?
    let warnings: [String]
}
