import RealTimeAPI
import TestSupport
import Testing

@testable import Studio

/// Labels that the page changes, and the file that they are kept in.
@Suite(.waiting) struct LabelDeskTests {
    let folder: TestFolder

    init() throws { folder = try TestSounds.folder() }

    private func text(_ name: String) throws -> String { String(decoding: try folder.bytes(name), as: UTF8.self) }

    @Test("a file that is not there is made with the first label, and not before")
    func new() async throws {
        try await TestStudio.serve(folder, labels: "labels.csv") { studio in
            let id = try studio.id("machine/3.wav")
            #expect(!self.folder.names.contains("labels.csv"))
            let answer = try studio.put("/api/recordings/\(id)/label", #"{"label":"talk"}"#).json()
            #expect(answer["label"]?.text == "talk" && answer["saved"] == .bool(true))
            #expect(try self.text("labels.csv") == "file,label\nmachine/3.wav,human\n")
            #expect(studio.put("/api/recordings/\(id)/label", #"{"label":null}"#).status == 200)
            #expect(try self.text("labels.csv") == "file,label\n")
        }
    }

    @Test("other rows, columns and comments of a file stay, and so does what others write meanwhile")
    func kept() async throws {
        try folder.write("note,file,label\n# by ear\nx,human/1.wav,noise\ny,other.wav,talk\n", to: "labels.csv")
        try await TestStudio.serve(folder, labels: "labels.csv") { studio in
            #expect(try studio.recording("human/1.wav")["label"]?.text == "no-talk")
            // The file does not say, and its folder does.
            #expect(try studio.recording("human/2.wav")["label_name"]?.text == "human")
            let (one, two) = (try studio.id("human/1.wav"), try studio.id("human/2.wav"))
            #expect(studio.put("/api/recordings/\(one)/label", #"{"label":"talk","text":"caller"}"#).status == 200)
            try self.folder.write(
                try self.text("labels.csv").replacing("y,other", with: "z,other"), to: "labels.csv")
            #expect(studio.put("/api/recordings/\(two)/label", #"{"label":"no-talk"}"#).status == 200)
            #expect(
                try self.text("labels.csv")
                    == "note,file,label\n# by ear\nx,human/1.wav,caller\nz,other.wav,talk\n,human/2.wav,machine\n")
        }
    }

    @Test("a label can be given the name that it had: that of its file, or none where intervals had said it")
    func names() async throws {
        try folder.write("file,label\nhuman/1.wav,caller\nhuman/2.wav,talk\n", to: "labels.csv")
        try await TestStudio.serve(folder, labels: "labels.csv") { studio in
            let path = "/api/recordings/\(try studio.id("human/1.wav"))"
            let answer = try studio.put("\(path)/label", #"{"label":"no-talk","text":null}"#).json()
            #expect(answer["label_name"]?.text == "machine")
            #expect(studio.put("\(path)/label", #"{"label":"talk","text":"caller"}"#).status == 200)
            #expect(try self.text("labels.csv") == "file,label\nhuman/1.wav,caller\nhuman/2.wav,talk\n")
            #expect(studio.put("\(path)/label", #"{"label":"talk","text":"intervals"}"#).status == 200)
            #expect(try self.text("labels.csv") == "file,label\nhuman/2.wav,talk\n")
            #expect(try studio.recording("human/1.wav")["label_name"]?.text == "intervals")
        }
    }

    @Test("intervals are kept in a file of intervals, and say whether there is talk")
    func intervals() async throws {
        try folder.write("file,start_s,end_s,label\nhuman/1.wav,0.3,0.9,talk\nmachine/1.wav,0,1,music\n", to: "l.csv")
        try await TestStudio.serve(folder, labels: "l.csv") { studio in
            let id = try studio.id("human/1.wav")
            let path = "/api/recordings/\(id)/intervals"
            #expect(try studio.get(path).json()["intervals"]?.elements.map { $0["end_ms"]?.number } == [900])
            let body = #"{"intervals":[{"start_ms":1000.5,"end_ms":1200,"text":"noise"},{"start_ms":0,"end_ms":500}]}"#
            #expect(try studio.put(path, body).json()["saved"] == .bool(true))
            #expect(try studio.recording("human/1.wav")["label"]?.text == "talk")
            #expect(
                try self.text("l.csv")
                    == "file,start_s,end_s,label\nhuman/1.wav,0.000000,0.500000,\nhuman/1.wav,1.000500,1.200000,noise\nmachine/1.wav,0,1,music\n"
            )
            #expect(try studio.put(path, #"{"intervals":[]}"#).json()["saved"] == .bool(true))
            #expect(try studio.recording("human/1.wav")["label"] == .null)
            #expect(try studio.recording("human/2.wav")["label_name"]?.text == "human")
            let label = try studio.put("/api/recordings/\(id)/label", #"{"label":"no-talk"}"#).json()
            #expect(label["saved"] == .bool(false) && label["label"]?.text == "no-talk")
            #expect(studio.put(path, #"{"intervals":[{"start_ms":0,"end_ms":9,"text":"talk"}]}"#).status == 200)
            #expect(try studio.recording("human/1.wav")["label"]?.text == "no-talk")
            for body in [
                #"{}"#, #"{"intervals":1}"#, #"{"intervals":[1]}"#, #"{"intervals":[{"start_ms":2,"end_ms":1}]}"#,
                #"{"intervals":[{"start_ms":-1,"end_ms":1}]}"#,
            ] {
                #expect(studio.put(path, body).status == 400, "\(body)")
            }
        }
    }

    @Test("a file of one recording does not get the intervals of another")
    func another() async throws {
        try folder.write("0\t1\ttalk\n", to: "other.txt")
        try await TestStudio.serve(folder, labels: "other.txt") { studio in
            let id = try studio.id("human/1.wav")
            let body = #"{"intervals":[{"start_ms":0,"end_ms":500,"text":"talk"}]}"#
            let answer = try studio.put("/api/recordings/\(id)/intervals", body).json()
            #expect(answer["saved"] == .bool(false))
            #expect(try self.text("other.txt") == "0\t1\ttalk\n")
        }
    }

    @Test("lines of others stay where lines end with CR LF")
    func carriageReturns() async throws {
        let other = "SPEAKER y 1 0 1 <NA> <NA> b <NA> <NA>\r\n"
        try folder.write("SPEAKER human/1 1 0 1 <NA> <NA> a <NA> <NA>\r\n\(other)", to: "l.rttm")
        try await TestStudio.serve(folder, labels: "l.rttm") { studio in
            let id = try studio.id("human/1.wav")
            let answer = try studio.put("/api/recordings/\(id)/intervals", #"{"intervals":[]}"#).json()
            #expect(answer["saved"] == .bool(true))
            #expect(try self.text("l.rttm") == other)
        }
    }

    @Test("a label with a line end makes no row of its own")
    func lineEnd() async throws {
        try await TestStudio.serve(folder, labels: "labels.csv") { studio in
            let id = try studio.id("human/1.wav")
            let body = #"{"label":"talk","text":"x\r\nother.wav,talk"}"#
            #expect(studio.put("/api/recordings/\(id)/label", body).status == 200)
            #expect(try self.text("labels.csv") == "file,label\nhuman/1.wav,\"x\r\nother.wav,talk\"\n")
        }
    }

    @Test("labels that can't be saved are told, and nothing is changed")
    func unwritable() async throws {
        try await TestStudio.serve(folder, labels: "nowhere/labels.csv") { studio in
            let id = try studio.id("human/1.wav")
            let answer = studio.put("/api/recordings/\(id)/label", #"{"label":"no-talk"}"#)
            #expect(answer.status == 500 && answer.text.contains("could not be saved"))
            #expect(try studio.recording("human/1.wav")["label"]?.text == "talk")
        }
    }

    @Test("a file that would lose by being written is read alone")
    func readAlone() async throws {
        try folder.write(Array("a,\"talk\n".utf8), to: "labels.csv")
        try await TestStudio.serve(folder, labels: "labels.csv") { studio in
            let labels = try studio.get("/api/session").json()["labels"]!
            #expect(labels["is_writable"] == .bool(false) && labels["note"]?.text != nil)
            #expect(labels["findings"]?.elements.isEmpty == false)
            let id = try studio.id("human/1.wav")
            #expect(try studio.put("/api/recordings/\(id)/label", #"{"label":"talk"}"#).json()["saved"] == .bool(false))
            #expect(try self.text("labels.csv") == "a,\"talk\n")
        }
    }

    @Test("labels come in from other programs' files, and go out")
    func exchange() async throws {
        try await TestStudio.serve(folder) { studio in
            let id = try studio.id("machine/2.wav")
            let taken = try studio.post(
                "/api/labels?name=l.csv", "file,label\nmachine/2.wav,caller\nnone.wav,talk\nhuman/1,???\n"
            ).json()
            #expect(taken["taken"]?.number == 1 && taken["findings"]?.elements.count == 2)
            #expect(try studio.recording("machine/2.wav")["label_name"]?.text == "caller")
            #expect(studio.get("/api/labels").text.contains("calls/machine/2.wav,caller\n"))
            let track = "0.5\t1.0\ttalk\n"
            #expect(try studio.post("/api/labels?name=track.txt&id=\(id)", track).json()["taken"]?.number == 1)
            let out = studio.get("/api/labels?format=audacity&id=\(id)")
            #expect(out.text == "0.500000\t1.000000\ttalk\n")
            #expect(out.field("Content-Disposition") == "attachment; filename=\"2.wav.txt\"")
            let rows = studio.get("/api/labels?format=csv&id=\(id)").text.split(separator: "\n")
            #expect(rows.count == 2 && Set(rows.map { $0.count { $0 == "," } }).count == 1, "\(rows)")
            #expect(studio.get("/api/labels?format=textgrid&id=\(id)").text.contains("IntervalTier"))
            #expect(studio.get("/api/labels?format=rttm").text.hasPrefix("SPEAKER 2 1 0.500000 0.500000"))
            #expect(studio.get("/api/labels?format=audacity").status == 400)
            #expect(studio.get("/api/labels?format=pdf").status == 400)
            #expect(studio.post("/api/labels?name=l.pdf", "x").status == 415)
            #expect(studio.post("/api/labels", "x").status == 400)
        }
    }
}
