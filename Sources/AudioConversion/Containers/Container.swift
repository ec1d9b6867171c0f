/// A kind of file: what people call it, what reads it, and how its end is checked.
enum Container: Sendable, Hashable, CaseIterable {
    // Ours.
    case wav, rifx, rf64, bw64, mp3, mpegAudio, oggOpus
    // What libsndfile opens.
    case wave64, aiff, aifc, iff8SVX, iff16SV, sunAU, flac, coreAudio, sphere, voc, ircam, paf, pvf, avr, matlab4,
        matlab5
    case midiSampleDump, xi, psionWVE, mpc2000, htk, oggVorbis
    // What only ffmpeg opens.
    case quickTime, m4a, threeGP, mp4, matroska, asf, amrWideband, amr, aac, ac3, dts, avi, flashVideo, transportStream
    case programStream, monkeysAudio, wavPack, trueAudio, musepack, musepack8, realAudio, dsd, oggSpeex, oggFLAC, ogg
    case tak, dsdiff, shorten, loas, flashMovie, trackerModule
    case qcp, xwma, mlp, trueHD, nut, sox, hcom, maud, ilbc
    // What is known, and nothing here reads.
    case adif, amrChannels, mp4Fragment, audible, midi, optimFROG, qoa, wavPack3, silk
    // What only ffmpeg decodes, and has no header: never recognised, but told.
    case g722, gsm
    // What people drop into folders of audio by mistake.
    case text, pdf, png, jpeg, gif, zip, gzip, program, sqlite

    /// What opens a file.
    enum Decoder: Sendable, Hashable {
        /// Our own reader of RIFF, RIFX and RF64, for the encodings that telephony and studios use, or libsndfile.
        case wav
        /// Our own decoder of Layer III, or libsndfile.
        case mpegAudio
        /// libopus, with our own reader of Ogg.
        case opus
        case libsndfile
        /// An `ffmpeg` child process with the container's demuxer, and no other.
        case ffmpeg
        /// Nothing: the content is not audio.
        case notAudio
        /// Nothing here reads it, though it is music or speech.
        case unreadable
    }

    /// What tells whether a file was cut off or damaged, where its decoder does not.
    enum EndCheck: Sendable, Hashable {
        /// Nothing.
        case unknown
        case wavHeader, mpegFrames, oggPages, flacFrames
        case iffHeader, sunAUHeader, wave64Header, coreAudioChunks, sphereHeader, vocBlock, avrHeader, psionHeader
        case sampleDumpHeader, aviHeader
        case flashTags, matlab4Matrices, matlab5Elements, programPackets, transportPackets, ac3Frames, adtsFrames
    }

    /// What is known of a container.
    private struct Traits {
        let name: String
        let decoder: Decoder
        let demuxer: String?
        let end: EndCheck

        init(_ name: String, _ decoder: Decoder, demuxer: String? = nil, end: EndCheck = .unknown) {
            (self.name, self.decoder, self.demuxer, self.end) = (name, decoder, demuxer, end)
        }
    }

    private var traits: Traits {
        switch self {
        case .wav: Traits("WAV", .wav, demuxer: "wav", end: .wavHeader)
        case .rifx: Traits("WAV (RIFX)", .wav, end: .wavHeader)
        case .rf64: Traits("WAV (RF64)", .wav, demuxer: "wav", end: .wavHeader)
        case .bw64: Traits("WAV (BW64)", .wav, end: .wavHeader)
        case .mp3: Traits("MP3", .mpegAudio, demuxer: "mp3", end: .mpegFrames)
        case .mpegAudio: Traits("MPEG audio", .mpegAudio, end: .mpegFrames)
        case .oggOpus: Traits("Ogg Opus", .opus, end: .oggPages)

        case .wave64: Traits("Wave64", .libsndfile, demuxer: "w64", end: .wave64Header)
        case .aiff: Traits("AIFF", .libsndfile, demuxer: "aiff", end: .iffHeader)
        case .aifc: Traits("AIFF-C", .libsndfile, demuxer: "aiff", end: .iffHeader)
        case .iff8SVX: Traits("8SVX", .libsndfile, end: .iffHeader)
        case .iff16SV: Traits("16SV", .libsndfile, end: .iffHeader)
        case .sunAU: Traits("Sun AU", .libsndfile, end: .sunAUHeader)
        case .flac: Traits("FLAC", .libsndfile, demuxer: "flac", end: .flacFrames)
        case .coreAudio: Traits("Core Audio Format", .libsndfile, demuxer: "caf", end: .coreAudioChunks)
        case .sphere: Traits("NIST SPHERE", .libsndfile, end: .sphereHeader)
        case .voc: Traits("Creative VOC", .libsndfile, demuxer: "voc", end: .vocBlock)
        case .ircam: Traits("IRCAM", .libsndfile)
        case .paf: Traits("Paris PAF", .libsndfile)
        case .pvf: Traits("PVF", .libsndfile)
        case .avr: Traits("AVR", .libsndfile, end: .avrHeader)
        case .matlab4: Traits("Matlab 4", .libsndfile, end: .matlab4Matrices)
        case .matlab5: Traits("Matlab 5", .libsndfile, end: .matlab5Elements)
        case .midiSampleDump: Traits("MIDI Sample Dump", .libsndfile, end: .sampleDumpHeader)
        case .xi: Traits("FastTracker XI", .libsndfile)
        case .psionWVE: Traits("Psion WVE", .libsndfile, end: .psionHeader)
        case .mpc2000: Traits("Akai MPC 2000", .libsndfile)
        case .htk: Traits("HTK", .libsndfile)
        case .oggVorbis: Traits("Ogg Vorbis", .libsndfile, end: .oggPages)

        case .quickTime: Traits("QuickTime", .ffmpeg, demuxer: "mov")
        case .m4a: Traits("M4A", .ffmpeg, demuxer: "mov")
        case .threeGP: Traits("3GP", .ffmpeg, demuxer: "mov")
        case .mp4: Traits("MP4", .ffmpeg, demuxer: "mov")
        case .matroska: Traits("WebM/Matroska", .ffmpeg, demuxer: "matroska")
        case .asf: Traits("WMA/ASF", .ffmpeg, demuxer: "asf")
        case .amrWideband: Traits("AMR wideband", .ffmpeg, demuxer: "amr")
        case .amr: Traits("AMR", .ffmpeg, demuxer: "amr")
        case .aac: Traits("AAC (ADTS)", .ffmpeg, demuxer: "aac", end: .adtsFrames)
        case .ac3: Traits("AC-3", .ffmpeg, demuxer: "ac3", end: .ac3Frames)
        case .dts: Traits("DTS", .ffmpeg, demuxer: "dts")
        case .avi: Traits("AVI", .ffmpeg, demuxer: "avi", end: .aviHeader)
        case .flashVideo: Traits("Flash video", .ffmpeg, demuxer: "flv", end: .flashTags)
        case .transportStream: Traits("MPEG transport stream", .ffmpeg, demuxer: "mpegts", end: .transportPackets)
        case .programStream: Traits("MPEG program stream", .ffmpeg, demuxer: "mpeg", end: .programPackets)
        case .monkeysAudio: Traits("Monkey's Audio", .ffmpeg, demuxer: "ape")
        case .wavPack: Traits("WavPack", .ffmpeg, demuxer: "wv")
        case .trueAudio: Traits("True Audio", .ffmpeg, demuxer: "tta")
        case .musepack: Traits("Musepack", .ffmpeg, demuxer: "mpc")
        case .musepack8: Traits("Musepack", .ffmpeg, demuxer: "mpc8")
        case .realAudio: Traits("RealAudio", .ffmpeg, demuxer: "rm")
        case .dsd: Traits("DSD", .ffmpeg, demuxer: "dsf")
        case .oggSpeex: Traits("Ogg Speex", .ffmpeg, demuxer: "ogg", end: .oggPages)
        case .oggFLAC: Traits("Ogg FLAC", .ffmpeg, demuxer: "ogg", end: .oggPages)
        case .ogg: Traits("Ogg", .ffmpeg, demuxer: "ogg", end: .oggPages)

        case .tak: Traits("TAK", .ffmpeg, demuxer: "tak")
        case .dsdiff: Traits("DSDIFF", .ffmpeg, demuxer: "iff")
        case .shorten: Traits("Shorten", .ffmpeg, demuxer: "shn")
        case .loas: Traits("AAC (LOAS)", .ffmpeg, demuxer: "loas")

        case .qcp: Traits("QCP", .ffmpeg, demuxer: "qcp")
        case .xwma: Traits("xWMA", .ffmpeg, demuxer: "xwma")
        case .mlp: Traits("MLP", .ffmpeg, demuxer: "mlp")
        case .trueHD: Traits("Dolby TrueHD", .ffmpeg, demuxer: "truehd")
        case .nut: Traits("NUT", .ffmpeg, demuxer: "nut")
        case .sox: Traits("SoX's own format", .ffmpeg, demuxer: "sox")
        case .hcom: Traits("HCOM", .ffmpeg, demuxer: "hcom")
        case .maud: Traits("MAUD", .ffmpeg, demuxer: "iff")
        case .ilbc: Traits("iLBC", .ffmpeg, demuxer: "ilbc")

        case .adif: Traits("AAC (ADIF)", .unreadable)
        case .amrChannels: Traits("AMR of several channels", .unreadable)
        case .mp4Fragment: Traits("a fragment of an MP4 file, whose beginning is a file of its own", .unreadable)
        case .audible: Traits("an Audible book", .unreadable)
        case .flashMovie: Traits("a Flash movie", .ffmpeg, demuxer: "swf")
        case .silk: Traits("SILK, as messengers record it", .unreadable)
        case .midi: Traits("MIDI: notes, not sound", .unreadable)
        case .trackerModule: Traits("a tracker's module", .ffmpeg, demuxer: "libopenmpt")
        case .optimFROG: Traits("OptimFROG", .unreadable)
        case .qoa: Traits("QOA", .unreadable)
        case .wavPack3: Traits("WavPack of version 3", .unreadable)

        case .g722: Traits("headerless G.722", .ffmpeg, demuxer: "g722")
        case .gsm: Traits("headerless GSM", .ffmpeg, demuxer: "gsm")

        case .text: Traits("text", .notAudio)
        case .pdf: Traits("a PDF document", .notAudio)
        case .png: Traits("a PNG picture", .notAudio)
        case .jpeg: Traits("a JPEG picture", .notAudio)
        case .gif: Traits("a GIF picture", .notAudio)
        case .zip: Traits("a ZIP archive", .notAudio)
        case .gzip: Traits("a gzip archive", .notAudio)
        case .program: Traits("a program", .notAudio)
        case .sqlite: Traits("an SQLite database", .notAudio)
        }
    }

    /// What people call it, as in "WAV (RF64)".
    var name: String { traits.name }

    /// What opens it first.
    var decoder: Decoder { traits.decoder }

    /// What ffmpeg calls it: ffmpeg is its decoder, or reads what libsndfile has no decoder for; nil where it is not asked.
    var demuxer: String? { traits.demuxer }

    /// What tells whether such a file was cut off.
    var end: EndCheck { traits.end }

    /// Whether programs put tags behind such a file that are no part of it: its own structure has no room for them.
    var mayEndWithTags: Bool {
        switch self {
        case .mp3, .mpegAudio, .oggOpus, .oggVorbis, .oggSpeex, .oggFLAC, .ogg, .flac, .aac, .ac3, .dts, .wavPack,
            .trueAudio, .amr, .amrWideband, .wave64:
            true
        default: false
        }
    }
}
