import NIOHTTP1
import RealTimeAPI
import RecordingDetection

extension StudioRequest {
    /// The body as an object; an empty one is an object without members.
    ///
    /// - Throws: 400 if it is none.
    func object() throws(StudioError) -> JSON {
        guard !body.isEmpty else { return .object([]) }
        guard let text = String(validating: body, as: UTF8.self) else {
            throw StudioError(.badRequest, "the body is not in UTF-8")
        }
        let json: JSON
        do throws(JSONError) { json = try JSONText(text).value } catch {
            throw StudioError(.badRequest, "the body is \(error)")
        }
        guard case .object = json else { throw StudioError(.badRequest, "the body must be an object") }
        return json
    }

    /// The body as settings of a detection.
    ///
    /// - Throws: as for ``object()``, and 422 if they are none.
    func detectionSettings() throws(StudioError) -> DetectionSettings {
        let json = try object()
        do throws(DetectionSettingError) { return try DetectionSettings(json) } catch {
            throw StudioError(.unprocessableEntity, "\(error)")
        }
    }
}

/// An object of a request's body whose members are read one by one.
struct BodyReader {
    let json: JSON

    /// The text of a member; nil if it is missing or null.
    func text(_ name: String, limit: Int = 1000) throws(StudioError) -> String? {
        guard let value = json[name], value != .null else { return nil }
        guard case .string(let text) = value, text.utf8.count <= limit else {
            throw StudioError(.badRequest, "\(name) must be a text of \(limit) bytes at the most")
        }
        return text
    }

    /// The number of a member; nil if it is missing or null.
    func number(_ name: String, in range: ClosedRange<Double>) throws(StudioError) -> Double? {
        guard let value = json[name], value != .null else { return nil }
        guard case .number(let digits) = value, let number = Double(digits), range.contains(number) else {
            throw StudioError(
                .badRequest, "\(name) must be a number in \(range.lowerBound)...\(range.upperBound)")
        }
        return number
    }

    func bool(_ name: String) throws(StudioError) -> Bool {
        guard let value = json[name], value != .null else { return false }
        guard case .bool(let bool) = value else { throw StudioError(.badRequest, "\(name) must be true or false") }
        return bool
    }

    func array(_ name: String) throws(StudioError) -> [JSON] {
        guard case .array(let elements)? = json[name] else {
            throw StudioError(.badRequest, "\(name) must be an array")
        }
        return elements
    }
}
