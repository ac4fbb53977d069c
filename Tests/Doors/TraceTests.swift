// DoorTests · tests · sees Telemetry
import Synchronization
import Telemetry
import Testing

@Suite("A trace")
struct TraceTests {
    @Test("is read from the header as the standard spells it, and written the same")
    func header() throws {
        let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let context = try #require(TraceContext(traceparent: text, tracestate: "vendor=1"))
        #expect(context.traceparent == text)
        #expect(context.isSampled)
        #expect(context.state == "vendor=1")
        #expect(TraceContext(traceparent: text.dropLast(1) + "0")?.isSampled == false)
        // A later version may say more behind what we know.
        #expect(TraceContext(traceparent: "cc" + text.dropFirst(2) + "-more")?.traceparent == text)
        #expect(TraceContext(traceparent: text, tracestate: String(repeating: "x", count: 513))?.state == "")
    }

    @Test(
        "begins anew behind a header that is none",
        arguments: [
            "", "00", "00-0-0-01", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-011",
            "0-04bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e47+6-00f067aa0ba902b7-01",
        ])
    func noHeader(_ text: String) { #expect(TraceContext(traceparent: text) == nil) }

    @Test("of another form is always the same trace here")
    func mapped() {
        let one = TraceContext.TraceID(mapping: "trace-of-somebody")
        #expect(one == TraceContext.TraceID(mapping: "trace-of-somebody"))
        #expect(one != TraceContext.TraceID(mapping: "trace-of-somebodz"))
        #expect("\(one)".count == 32)
    }

    @Test("has each span inside of the one that called, across tasks, with times and outcomes")
    func spans() async throws {
        struct Broken: Error {}
        let ticks = Mutex<Int64>(0)
        let tracer = Tracer(isHeard: true) {
            ticks.withLock { ticks in
                ticks += 10
                return ticks
            }
        } bits: {
            .random(in: .min ... .max)
        }
        await tracer.span("outer", kind: .server) { context in
            #expect(Tracer.here == context)
            async let inner: Void = tracer.span("inner", attributes: ["count": .number(3)]) { _ in }
            _ = await inner
            await #expect(throws: Broken.self) { try await tracer.span("broken") { _ in throw Broken() } }
        }
        let spans = tracer.take().spans
        #expect(spans.map(\.name) == ["inner", "broken", "outer"])
        let outer = try #require(spans.last)
        #expect(outer.parent == nil)
        #expect(
            spans.prefix(2).allSatisfy { $0.parent == outer.context.span && $0.context.trace == outer.context.trace })
        #expect(Set(spans.map(\.context.span)).count == 3)
        #expect(spans.map(\.outcome) == [.succeeded, .failed("Broken()"), .succeeded])
        #expect(spans.allSatisfy { $0.began < $0.ended })
        #expect(tracer.take().spans.isEmpty)
    }

    @Test("that nobody takes is lost and counted, and one that is not sampled is not noted")
    func bounded() async {
        let tracer = Tracer(isHeard: true, mostWaiting: 3, now: { 1 }, bits: { .random(in: .min ... .max) })
        for _ in 0..<5 { await tracer.span("one") { _ in } }
        let unsampled = TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")
        await tracer.span("quiet", in: unsampled) { _ in }
        let (spans, lost) = tracer.take()
        #expect(spans.count == 3)
        #expect(lost == 2)
    }

    @Test("is in every log line inside of it")
    func logged() async {
        let fields = Mutex<[String: String]>([:])
        let log = Log(threshold: .debug) { line in
            fields.withLock { fields in for (key, value) in line.fields { fields[key.rawValue] = value } }
        }
        let tracer = Tracer(isHeard: false, now: { 1 }, bits: { 7 })
        await tracer.span("work") { context in
            log.notice("it happened", [.count: 1])
            let said = fields.withLock(\.self)
            #expect(said["trace_id"] == "\(context.trace)")
            #expect(said["span_id"] == "\(context.span)")
        }
    }
}
