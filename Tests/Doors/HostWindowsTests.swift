// DoorTests · tests · sees Conformance, Contracts, Embedded, HTTP, HTTPClientDriver, HTTPServerDriver, ServiceHost, Settings, Telemetry, Wire
import Conformance
import Contracts
import Embedded
import Foundation
import HTTP
import HTTPClientDriver
import HTTPServerDriver
import ServiceHost
import Settings
import Synchronization
import Telemetry
import Testing
import Wire

@Suite("The windows of a service")
struct HostWindowsTests {
    @Test("show its health at a port, from before its doors are open until after they are closed")
    func health() async throws {
        let (signals, send) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingOldest(1))
        let (ports, tell) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingOldest(1))
        let mayOpen = Gate()
        let lines = Lines { line in
            if let place = line.between(#""message":"health is answered","host":""#, "\"") { tell.yield(place) }
        }
        let outside = Outside(
            environment: ["AINER_HEALTH_PORT": "0"], signals: signals, clock: SystemClock(), entropy: SystemEntropy(),
            errors: lines.input)
        async let status = Host.serve(ProgramName("windows", version: "1"), Nothing.self, outside) { _, _ in
            await mayOpen.wait()
        }
        let place = try #require(await ports.first { _ in true })
        let client = try HTTPClient()
        let before = try await client.fetch(HTTPCall(.get, "http://\(place)/readyz"))
        #expect(before.answer.status == 503)
        await mayOpen.open()
        var after = before
        while after.answer.status != 200 { after = try await client.fetch(HTTPCall(.get, "http://\(place)/readyz")) }
        #expect(String(decoding: after.body, as: UTF8.self).contains(#""status":"running""#))
        let numbers = try await client.fetch(HTTPCall(.get, "http://\(place)/metrics"))
        #expect(numbers.answer.fields["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        send.yield(SIGTERM)
        #expect(await status == 0)
        await #expect(throws: HTTPClientFailure.self) {
            var call = HTTPCall(.get, "http://\(place)/healthz")
            call.retries.tries = 1
            _ = try await client.fetch(call)
        }
    }

    @Test("bring every span to the collector, the last ones at the end")
    func spans() async throws {
        let collector = Collector()
        let server = try HTTPServer.open(HTTPServerOptions(), responder: collector, log: .silent)
        let (signals, send) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingOldest(1))
        let outside = Outside(
            environment: ["AINER_OTLP_URL": "http://127.0.0.1:\(server.port)/", "AINER_LOG": "error"], signals: signals,
            clock: SystemClock(), entropy: SystemEntropy())
        let status = await Host.serve(ProgramName("windows", version: "7"), Nothing.self, outside) { _, host in
            await host.tracer.span("render", kind: .consumer, attributes: ["shot": .text("s\"1")]) { _ in
                await host.tracer.span("draw") { _ in }
            }
            send.yield(SIGTERM)
        }
        await server.close()
        #expect(status == 0)
        let paper = try #require(collector.papers.first)
        let value = try JSON.decode(Paper.self, from: paper)
        let resource = try #require(value.resourceSpans.first)
        #expect(resource.resource.attributes.contains { $0.key == "service.name" && $0.value.stringValue == "windows" })
        let spans = try #require(resource.scopeSpans.first?.spans)
        #expect(spans.map(\.name) == ["draw", "render"])
        #expect(spans[0].parentSpanId == spans[1].spanId)
        #expect(spans[0].traceId == spans[1].traceId)
        #expect(spans[1].kind == 5)
        #expect(spans[1].attributes.first?.value.stringValue == "s\"1")
        #expect(
            spans.allSatisfy {
                $0.traceId.count == 32 && $0.spanId.count == 16 && $0.startTimeUnixNano.hasSuffix("000")
            })
    }
}

private struct Nothing: ServiceSettings {
    static let all: [Setting] = []
    init(_ reader: inout SettingsReader) {}
}

private struct Paper: Decodable {
    struct Resource: Decodable {
        let resource: Attributes
        let scopeSpans: [Scope]
    }
    struct Attributes: Decodable { let attributes: [Attribute] }
    struct Attribute: Decodable {
        let key: String
        let value: Value
    }
    struct Value: Decodable { let stringValue: String? }
    struct Scope: Decodable { let spans: [One] }
    struct One: Decodable {
        let name: String
        let kind: Int
        let traceId: String
        let spanId: String
        let parentSpanId: String?
        let startTimeUnixNano: String
        let attributes: [Attribute]
    }
    let resourceSpans: [Resource]
}

/// Keeps what is brought to it.
private final class Collector: Responder {
    private let kept = Mutex<[[UInt8]]>([])
    var papers: [[UInt8]] { kept.withLock { $0 } }

    func admit(_ head: RequestHead) -> Admission {
        guard head.method == .post, head.target == "/v1/traces", head.fields["Content-Type"] == "application/json"
        else {
            return .answer(HTTPResponse(404))
        }
        return .handle(
            Handling { request in
                do {
                    let paper = try await request.body.collect(upTo: 1 << 20)
                    self.kept.withLock { $0.append(paper) }
                    return HTTPResponse(200, ["Content-Type": "application/json"], body: .bytes(Array("{}".utf8)))
                } catch { return HTTPResponse(400) }
            })
    }
}

/// A pipe whose lines somebody hears.
private final class Lines: Sendable {
    let input: Int32

    init(_ hear: @escaping @Sendable (String) -> Void) {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        input = ends[1]
        let output = ends[0]
        let ear = Thread {
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = read(output, &bytes, bytes.count)
                guard count > 0 else { break }
                for line in bytes[..<count].split(separator: 0x0A) { hear(String(decoding: line, as: UTF8.self)) }
            }
            close(output)
        }
        ear.start()
    }

    deinit { close(input) }
}

extension String {
    fileprivate func between(_ before: String, _ after: String) -> String? {
        guard let start = firstRange(of: before)?.upperBound else { return nil }
        return self[start...].split(separator: after, omittingEmptySubsequences: false).first.map(String.init)
    }
}
