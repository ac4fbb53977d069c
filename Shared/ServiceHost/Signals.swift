// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver
import Dispatch
import Glibc

/// Signals as a stream. While somebody listens they do nothing else.
package enum Signals {
    package static func stream(_ numbers: [Int32]) -> AsyncStream<Int32> {
        // One is enough to stop.
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let ears = Ears(numbers) { continuation.yield($0) }
            continuation.onTermination = { _ in ears.close() }
        }
    }
}

/// The Dispatch sources behind a stream.
/// Sendable because the sources are made before anybody else sees them, and `cancel` may be called on any thread.
private final class Ears: @unchecked Sendable {
    private let sources: [any DispatchSourceSignal]

    init(_ numbers: [Int32], hear: @escaping @Sendable (Int32) -> Void) {
        sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { hear(number) }
            source.resume()
            return source
        }
    }

    func close() { sources.forEach { $0.cancel() } }
}
