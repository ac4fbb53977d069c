// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver
import Contracts
import Glibc
package import Ports
package import Telemetry
import Wire

/// Log lines as JSON, one object a line, each written in one piece.
package enum LogLines {
    package static func log(
        _ level: String, service: String, clock: any WallClock, to descriptor: Int32 = STDERR_FILENO
    ) -> Log {
        let threshold: LogLevel = ["debug": .debug, "notice": .notice, "warning": .warning][level] ?? .error
        return Log(threshold: threshold) { line in
            let bytes = bytes(of: line, service: service, at: clock.now())
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                // Nobody reads us any more: there is nobody left to tell.
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Time, level, service and message first: that is the order in which a human reads.
    static func bytes(of line: LogLine, service: String, at now: Timestamp) -> [UInt8] {
        var writer = JSONWriter(reserving: 256)
        writer.raw("{\"time\":")
        writer.time(now)
        writer.raw(",\"level\":")
        writer.string(line.level.word)
        writer.raw(",\"service\":")
        writer.string(service)
        writer.raw(",\"message\":")
        writer.string("\(line.message)")
        for (key, value) in line.fields where key != .service {
            writer.raw(",")
            writer.string(key.rawValue)
            writer.raw(":")
            writer.string(value)
        }
        writer.raw("}")
        return writer.bytes + [0x0A]
    }
}
