// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver
import Contracts
import HTTP
import HTTPClientDriver
import Ports
import Telemetry

/// Carries spans to a collector, batch by batch. Traces are worth little beside the work: what cannot be delivered is
/// tried again a few times, then counted and forgotten.
struct SpanCourier: Sendable {
    private static let rhythm = Duration.seconds(2)

    private let host: Host
    private let instance: String
    private let client: HTTPClient
    private let url: String
    private let fates: Counter

    /// `collector` is what `AINER_OTLP_URL` says: the place below which `/v1/traces` is.
    init(for host: Host, instance: String, to collector: String, over client: HTTPClient) {
        self.host = host
        self.instance = instance
        self.client = client
        url = (collector.hasSuffix("/") ? String(collector.dropLast()) : collector) + "/v1/traces"
        fates = host.metrics.counter("ainer_spans_total", "Spans by what became of them.", labels: ["fate"])
    }

    func run() async throws {
        while true {
            try await host.clock.sleep(until: host.clock.now() + Self.rhythm)
            await empty()
        }
    }

    /// Delivers everything there is.
    func empty() async {
        while true {
            let (spans, lost) = host.tracer.take()
            fates.add(Double(lost), "overflowed")
            if spans.isEmpty { return }
            await deliver(spans)
        }
    }

    private func deliver(_ spans: [Span]) async {
        let body = SpanPaper.bytes(spans, of: host.program, instance: instance)
        var call = HTTPCall(.post, url, ["Content-Type": "application/json"], body: .bytes(body))
        // A collector that gets a span twice knows it by its id.
        call.isRepeatable = true
        call.patience.whole = .seconds(10)
        call.bodyLimit = 1 << 16
        do {
            let answer = try await client.fetch(call).answer
            guard answer.status.isSuccess else { return lose(spans, "status \(answer.status.code)") }
            fates.add(Double(spans.count), "sent")
        } catch {
            lose(spans, "\(error)")
        }
    }

    private func lose(_ spans: [Span], _ cause: String) {
        fates.add(Double(spans.count), "lost")
        host.log.warning("spans could not be delivered", [.count: spans.count, .cause: cause])
    }
}
