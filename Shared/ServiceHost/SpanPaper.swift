// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver
import Contracts
import Telemetry
import Wire

/// Spans as OTLP says them in JSON.
enum SpanPaper {
    static func bytes(_ spans: [Span], service: String, version: String, instance: String) -> [UInt8] {
        let resource: [String: Span.Attribute] = [
            "service.name": .text(service), "service.version": .text(version), "service.instance.id": .text(instance),
        ]
        var writer = JSONWriter(reserving: 512 * max(1, spans.count))
        writer.value(
            .object([
                "resourceSpans": .array([
                    .object([
                        "resource": .object(["attributes": list(resource)]),
                        "scopeSpans": .array([
                            .object([
                                "scope": .object(["name": .string("ainer")]), "spans": .array(spans.map(value)),
                            ])
                        ]),
                    ])
                ])
            ]))
        return writer.bytes
    }

    private static func value(_ span: Span) -> JSONValue {
        var members: [String: JSONValue] = [
            "traceId": .string("\(span.context.trace)"), "spanId": .string("\(span.context.span)"),
            "name": .string(span.name), "kind": .integer(Int64(span.kind.rawValue)),
            "startTimeUnixNano": nanoseconds(span.began), "endTimeUnixNano": nanoseconds(span.ended),
            "attributes": list(span.attributes), "status": status(span.outcome),
        ]
        if let parent = span.parent { members["parentSpanId"] = .string("\(parent)") }
        if !span.context.state.isEmpty { members["traceState"] = .string(span.context.state) }
        if !span.links.isEmpty {
            members["links"] = .array(
                span.links.map {
                    .object(["traceId": .string("\($0.trace)"), "spanId": .string("\($0.span)")])
                })
        }
        return .object(members)
    }

    /// 64 bits are text in this dialect.
    private static func nanoseconds(_ microseconds: Int64) -> JSONValue { .string("\(microseconds)000") }

    private static func status(_ outcome: Span.Outcome) -> JSONValue {
        switch outcome {
        case .unset: .object([:])
        case .succeeded: .object(["code": .integer(1)])
        case .failed(let cause): .object(["code": .integer(2), "message": .string(cause)])
        }
    }

    private static func list(_ attributes: [String: Span.Attribute]) -> JSONValue {
        .array(
            attributes.sorted { $0.key < $1.key }.map { key, value in
                .object(["key": .string(key), "value": self.value(value)])
            })
    }

    private static func value(_ attribute: Span.Attribute) -> JSONValue {
        switch attribute {
        case .text(let text): .object(["stringValue": .string(text)])
        case .number(let number): .object(["intValue": .string("\(number)")])
        case .share(let share): .object(["doubleValue": .number(share)])
        case .flag(let flag): .object(["boolValue": .bool(flag)])
        }
    }
}
