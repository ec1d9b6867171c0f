import Glibc
import NIOCore
import NIOEmbedded
import Testing

@testable import WebhookServer

/// A connection, on a virtual clock.
@Suite(.timeLimit(.minutes(10))) struct ConnectionHandlerTests {
    @Test func `a body that drips has the time of its request, which no part of it begins again`() throws {
        let connection = try TestConnection { $0.requestTimeout = .seconds(10) }
        connection.pass(.seconds(3))
        try connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n")
        for _ in 1...3 {
            connection.pass(.seconds(3))
            try connection.send(" ")
        }
        #expect(try connection.answers() == "" && connection.channel.isActive)
        connection.pass(.milliseconds(999))
        #expect(try connection.answers() == "")
        connection.pass(.milliseconds(1))
        #expect(try connection.answers().hasPrefix("HTTP/1.1 408 "))
        #expect(!connection.channel.isActive)
    }

    @Test func `a header that drips has the time of its request, and its body no more than is left`() throws {
        let connection = try TestConnection { $0.requestTimeout = .seconds(10) }
        try connection.send(TestConnection.post)
        #expect(try connection.answers().hasPrefix("HTTP/1.1 200 "))
        connection.pass(.seconds(30))
        for part in [
            "POST / HTTP/1.1\r\n", "Host: a\r\n", "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n",
        ] {
            try connection.send(part)
            connection.pass(.seconds(3))
        }
        try connection.send("  ")
        connection.pass(.milliseconds(999))
        #expect(try connection.answers() == "" && connection.channel.isActive)
        connection.pass(.milliseconds(1))
        #expect(try connection.answers().hasPrefix("HTTP/1.1 408 "))
    }

    @Test func `a new connection has the time of a request to bring the first byte`() throws {
        let connection = try TestConnection { $0.requestTimeout = .seconds(10) }
        connection.pass(.seconds(9))
        try connection.send(TestConnection.post)
        #expect(try connection.answers().hasPrefix("HTTP/1.1 200 "))
        let silent = try TestConnection { $0.requestTimeout = .seconds(10) }
        silent.pass(.seconds(10))
        #expect(try silent.answers().hasPrefix("HTTP/1.1 408 "))
    }

    @Test func `a client that is silent after its answer is left`() throws {
        let connection = try TestConnection { $0.idleTimeout = .seconds(60) }
        for _ in 1...3 {
            try connection.send(TestConnection.post)
            #expect(try connection.answers().hasPrefix("HTTP/1.1 200 "))
            connection.pass(.seconds(59))
        }
        try connection.send(TestConnection.post)
        #expect(try connection.answers().hasPrefix("HTTP/1.1 200 "))
        connection.pass(.milliseconds(59_999))
        #expect(connection.channel.isActive)
        connection.pass(.milliseconds(1))
        #expect(try connection.answers() == "" && !connection.channel.isActive)
    }

    @Test func `a client that does not take its answer is read from no more, until it does`() throws {
        let connection = try TestConnection()
        #expect(connection.readsOn())
        connection.setWritable(false)
        try connection.send(TestConnection.post + TestConnection.post)
        #expect(try connection.answers().split(separator: "HTTP/1.1 200 OK").count == 1)
        #expect(!connection.readsOn())
        connection.setWritable(true)
        #expect(try connection.answers().split(separator: "HTTP/1.1 200 OK").count == 1)
        #expect(connection.readsOn())
    }

    @Test func `what an answered request held is let go of, also if the client takes the answer later`() throws {
        let connection = try TestConnection(gate: ConnectionGate(limit: 1, byteLimit: 50_000))
        let long = TestConnection.post(
            #"{"callid":1,"call_status":"UP","cli_name":"\#(String(repeating: "a", count: 60_000))"}"#)
        for isWritable in [true, false, true, true] {
            connection.setWritable(isWritable)
            try connection.send(long)
            #expect(try connection.answers().hasPrefix("HTTP/1.1 200 "))
            connection.setWritable(true)
        }
    }

    @Test func `a client that does not take its last answer is left`() throws {
        let connection = try TestConnection { $0.idleTimeout = .seconds(60) }
        connection.stopTaking()
        try connection.send(TestConnection.post.replacing("Host: a", with: "Host: a\r\nConnection: close"))
        connection.pass(.milliseconds(59_999))
        #expect(connection.channel.isActive)
        connection.pass(.milliseconds(1))
        #expect(try connection.answers() == "" && !connection.channel.isActive)
    }

    @Test(arguments: ["answered", "cut off", "refused"])
    func `a connection that is closed lets go of what it held`(_ end: String) throws {
        weak var handler: ConnectionHandler?
        do {
            let connection = try TestConnection()
            handler = try connection.channel.pipeline.syncOperations.handler(type: ConnectionHandler.self)
            switch end {
            case "answered": try connection.send(TestConnection.post)
            case "cut off": try connection.send(String(TestConnection.post.dropLast()))
            default: try connection.send("hello\r\n\r\n")
            }
            #expect(handler != nil)
            _ = try connection.answers()
            _ = try connection.channel.finish(acceptAlreadyClosed: true)
        }
        #expect(handler == nil)
    }

    @Test func `a client that is refused in the midst of its request has two seconds to see why`() throws {
        let connection = try TestConnection { $0.maximumBodySize = 10 }
        connection.stay()
        try connection.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n")
        #expect(try connection.answers().hasPrefix("HTTP/1.1 413 "))
        try connection.send("hello")
        connection.pass(.milliseconds(1999))
        #expect(try connection.answers() == "" && connection.channel.isActive)
        connection.pass(.milliseconds(1))
        #expect(!connection.channel.isActive)
    }

    @Test func `one that is idle makes room for a newer one, and one that has sent nothing yet is told why`() throws {
        let gate = ConnectionGate(limit: 2)
        let silent = try TestConnection(gate: gate)
        let idle = try TestConnection(gate: gate)
        try idle.send(TestConnection.post)
        #expect(try idle.answers().hasPrefix("HTTP/1.1 200 "))
        let newer = [try TestConnection(gate: gate), try TestConnection(gate: gate)]
        for connection in [silent, idle] + newer { connection.pass(.zero) }
        #expect(try silent.answers().hasPrefix("HTTP/1.1 503 ") && !silent.channel.isActive)
        #expect(try idle.answers() == "" && !idle.channel.isActive)
        #expect(newer.allSatisfy { $0.channel.isActive })
    }

    @Test func `a channel that was kept from reading reads on once`() {
        var backlog = Backlog()
        var reads = [backlog.takeRead()]
        backlog.postponeRead()
        for _ in 1...2 { reads.append(backlog.takeRead()) }
        #expect(reads == [false, true, false])
    }

    @Test func `of the files that may be open 192 are no connections`() {
        let count = FileLimit.connections()
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #expect(count == Int(clamping: limit.rlim_cur) - 192)
    }

    @Test func `thousands of requests that have waited are answered in their order`() throws {
        let connection = try TestConnection()
        connection.setWritable(false)
        let numbers = 1...20_000
        try connection.send(
            TestConnection.post
                + numbers.map { TestConnection.post(#"{"callid":1,"call_status":"UP","command_id":\#($0)}"#) }.joined())
        _ = try connection.answers()
        connection.setWritable(true)
        let found = try connection.answers().matches(of: /"command_id":(\d+)/).map { Int($0.1) }
        #expect(found == Array(numbers))
    }

    @Test func `what is not HTTP is refused after the answers to what came before`() throws {
        let connection = try TestConnection()
        connection.setWritable(false)
        try connection.send(TestConnection.post + TestConnection.post)
        #expect(throws: Never.self) { try connection.send("hello\r\n\r\n") }
        #expect(try connection.answers().split(separator: "HTTP/1.1 200 OK").count == 1)
        connection.setWritable(true)
        let answers = try connection.answers()
        #expect(answers.hasPrefix("HTTP/1.1 200 OK") && answers.contains("HTTP/1.1 400 Bad Request"))
    }

    @Test func `a connection that has nothing to finish is closed when the server ends`() throws {
        let new = try TestConnection()
        new.shutDown()
        #expect(!new.channel.isActive)
        let idle = try TestConnection()
        try idle.send(TestConnection.post)
        _ = try idle.answers()
        idle.shutDown()
        #expect(try idle.answers() == "" && !idle.channel.isActive)
    }

    @Test func `a request that arrives when the server ends is the last one`() throws {
        let connection = try TestConnection()
        let (start, rest) = (TestConnection.post.dropLast(5), TestConnection.post.suffix(5))
        try connection.send(String(start))
        connection.shutDown()
        #expect(connection.channel.isActive)
        try connection.send(String(rest))
        let answer = try connection.answers()
        #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("\r\nConnection: close\r\n"))
        #expect(!connection.channel.isActive)
    }

    @Test func `a request that does not arrive keeps a server that ends for no longer than 20 seconds`() throws {
        let connection = try TestConnection { $0.requestTimeout = .seconds(60) }
        try connection.send(String(TestConnection.post.dropLast()))
        connection.shutDown()
        connection.pass(.milliseconds(19_999))
        #expect(connection.channel.isActive)
        connection.pass(.milliseconds(1))
        #expect(!connection.channel.isActive)
    }
}
