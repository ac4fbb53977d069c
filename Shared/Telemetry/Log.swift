// Telemetry · logs · sees nothing

/// What a log line can carry beside its sentence.
package enum LogKey: String, Sendable {
    case service
    case runID = "run_id"
    case jobID = "job_id"
    case nodeID = "node_id"
    case eventID = "event_id"
    case attempt
    case queue
    case count
    case cause
    case code
    case file
    case host
    case traceID = "trace_id"
    case spanID = "span_id"
    case signal
    case dependency
    case seconds
    case method
    case route
    case status
    case milliseconds
    case bytes
    case peer
}

package enum LogLevel: Int, Sendable, Comparable {
    case debug
    case notice
    case warning
    case error

    package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
    package var word: String { ["debug", "notice", "warning", "error"][rawValue] }
}

package struct LogLine: Sendable {
    package let level: LogLevel
    package let message: StaticString
    package let fields: [(key: LogKey, value: String)]
}

/// Where the lines go. The host decides; everybody else only speaks.
package struct Log: Sendable {
    private let sink: @Sendable (LogLine) -> Void
    private let threshold: LogLevel

    package init(threshold: LogLevel, sink: @escaping @Sendable (LogLine) -> Void) {
        self.threshold = threshold
        self.sink = sink
    }

    package static let silent = Log(threshold: .error) { _ in }

    package func error(_ message: StaticString, _ fields: KeyValuePairs<LogKey, any CustomStringConvertible> = [:]) {
        write(.error, message, fields)
    }
    package func warning(_ message: StaticString, _ fields: KeyValuePairs<LogKey, any CustomStringConvertible> = [:]) {
        write(.warning, message, fields)
    }
    package func notice(_ message: StaticString, _ fields: KeyValuePairs<LogKey, any CustomStringConvertible> = [:]) {
        write(.notice, message, fields)
    }
    package func debug(_ message: StaticString, _ fields: KeyValuePairs<LogKey, any CustomStringConvertible> = [:]) {
        write(.debug, message, fields)
    }

    private func write(
        _ level: LogLevel, _ message: StaticString, _ fields: KeyValuePairs<LogKey, any CustomStringConvertible>
    ) {
        guard level >= threshold else { return }
        var fields = fields.map { ($0.key, $0.value.description) }
        // A line inside of a span says which, unless it speaks of another trace.
        if let here = Tracer.here, !fields.contains(where: { $0.0 == .traceID }) {
            fields += [(.traceID, here.trace.description), (.spanID, here.span.description)]
        }
        sink(LogLine(level: level, message: message, fields: fields))
    }
}
