// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver
import Foundation
import HTTPClientDriver
import HTTPServerDriver
import Telemetry

extension Host {
    /// What every process shows of itself: its health where it is asked for, its spans to whoever collects them. They come
    /// first, so they are the last to close: what is waited for can be seen, and the end is traced.
    func openWindows(_ common: HostSettings) async throws {
        if let collector = common.otlp { try traceTo(collector) }
        if let port = common.healthPort { try answerHealth(at: common.healthAddress, port) }
    }

    private func answerHealth(at address: String, _ port: Int) throws {
        var options = HTTPServerOptions()
        options.address = address
        options.port = UInt16(clamping: port)
        options.connectionLimit = 256
        let server = try HTTPServer.open(options, responder: health, log: log)
        log.notice("health is answered", [.host: "\(address):\(server.port)"])
        house(Part("health", close: { await server.close() }))
    }

    private func traceTo(_ collector: String) throws {
        var options = HTTPClientOptions.reading(ProcessInfo.processInfo.environment)
        options.name = "spans"
        let instance = "\(ProcessInfo.processInfo.hostName)-\(ProcessInfo.processInfo.processIdentifier)"
        let courier = SpanCourier(for: self, instance: instance, to: collector, over: try HTTPClient(options))
        house(Part("spans", run: { try await courier.run() }, close: { await courier.empty() }))
    }
}
