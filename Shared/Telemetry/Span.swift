// Telemetry · logs · sees nothing

/// A piece of work of one process, as part of a trace.
package struct Span: Sendable, Equatable {
    package enum Kind: Int, Sendable {
        case inside = 1
        case server
        case client
        case producer
        case consumer
    }

    package enum Outcome: Sendable, Equatable {
        case unset
        case succeeded
        case failed(String)
    }

    package enum Attribute: Sendable, Equatable {
        case text(String)
        case number(Int)
        case share(Double)
        case flag(Bool)
    }

    package let name: String
    package let kind: Kind
    package let context: TraceContext
    package let parent: TraceContext.SpanID?
    /// Microseconds since 1970.
    package let began: Int64
    package var ended: Int64
    package var outcome = Outcome.unset
    package var attributes: [String: Attribute]
    /// Other traces that led here: the letters of a batch, say.
    package var links: [TraceContext]

    package init(
        _ name: String, kind: Kind = .inside, context: TraceContext, parent: TraceContext.SpanID? = nil, began: Int64,
        ended: Int64, attributes: [String: Attribute] = [:], links: [TraceContext] = []
    ) {
        self.name = name
        self.kind = kind
        self.context = context
        self.parent = parent
        self.began = began
        self.ended = ended
        self.attributes = attributes
        self.links = links
    }
}
