package import AudioConversion
import Presentation
import TelephonyAudio

/// An inspection as `inspect --json` prints it, for others that show one.
package enum InspectionRecord {
    /// Inspects a source.
    ///
    /// - Throws: what reading it throws.
    package static func json(of source: AudioSource) throws(ConversionError) -> String {
        let inspection = try AudioInspector().inspect(source)
        return jsonLine(InspectRecord(inspection, Remedy(inspection, path: source.name, raw: nil)))
    }
}

extension Inspection {
    /// What is unusual about the size, if the platform is to be sent the audio itself.
    var sizeAdvice: String? { WrittenForm.sizeWarning(base64ByteCount: base64ByteCount) }
}

/// An inspection in JSON.
struct InspectRecord: Encodable {
    struct Finding: Encodable {
        let severity: Inspection.Finding.Severity
        let text: String
    }

    let file: String
    let ok: Bool
    let container: String
    let encoding: String
    let sampleRate: Int
    let channels: Int
    let durationMs: Double
    let peakDbfs: Double?
    let activeLevelDbov: Double?
    let offset: Double
    let leadingSilenceMs: Double
    let trailingSilenceMs: Double
    let clippedRuns: Int
    let payloadBytes: Int
    let findings: [Finding]
    let remedy: String?

    init(_ inspection: Inspection, _ remedy: Remedy?) {
        file = inspection.file
        ok = inspection.isAccepted
        container = inspection.container
        encoding = inspection.encoding
        sampleRate = inspection.sampleRate
        channels = inspection.channels
        durationMs = inspection.duration / .milliseconds(1)
        peakDbfs = inspection.peak
        activeLevelDbov = inspection.activeLevel?.dBov
        offset = inspection.offset
        leadingSilenceMs = inspection.leadingSilence / .milliseconds(1)
        trailingSilenceMs = inspection.trailingSilence / .milliseconds(1)
        clippedRuns = inspection.clippedRuns
        payloadBytes = inspection.base64ByteCount
        findings =
            inspection.formatProblems.map { Finding(severity: .problem, text: $0) }
            + inspection.formatAdvice.map { Finding(severity: .advice, text: $0) }
            + inspection.findings.map { Finding(severity: inspection.severity(of: $0), text: $0.advised) }
            + (inspection.sizeAdvice.map { [Finding(severity: .advice, text: $0)] } ?? [])
        self.remedy = remedy?.description
    }
}
