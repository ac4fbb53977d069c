// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
import Contracts
package import HTTP
package import Telemetry

/// What one request brought, checked before its handler is called.
package struct Input: Sendable {
    package let head: RequestHead
    package let target: URLTarget
    let route: Route
    let values: [String: JSONValue]
    let whole: (any Sendable)?
    /// The body that was read whole, as it came; empty when the handler reads it.
    package let text: [UInt8]
    private let bytes: ByteStream

    /// A body that was read whole.
    struct Whole {
        let value: any Sendable
        let text: [UInt8]
    }

    init(
        _ head: RequestHead, _ target: URLTarget, _ call: Call, whole: Whole? = nil, bytes: ByteStream = .empty
    ) {
        self.head = head
        self.target = target
        route = call.route
        values = call.values
        self.whole = whole?.value
        text = whole?.text ?? []
        self.bytes = bytes
    }

    /// The value of a parameter that the route takes. Asked for another, it throws `NotTaken`.
    package subscript<Value>(parameter: Parameter<Value>) -> Value {
        get throws {
            let key = parameter.declaration.key
            guard let read = route.readers[key], let value = read(values[key]) as? Value else {
                throw NotTaken(route: route.id, name: parameter.declaration.name)
            }
            return value
        }
    }

    /// The body that the route takes.
    package subscript<Value>(_: JSONBody<Value>) -> Value {
        get throws {
            guard let value = whole as? Value else { throw NotTaken(route: route.id, name: "a body") }
            return value
        }
    }

    /// A body that nobody has read yet: only for a route that takes a `StreamedBody`.
    package var stream: ByteStream { bytes }

    /// The pieces of a form as they come.
    package func form(_ limits: MultipartReader.Limits = .init()) throws -> FormStream {
        guard let type = head.fields["Content-Type"].flatMap(MediaType.init(field:)),
            let reader = MultipartReader(type, limits: limits)
        else { throw Problem(.requestValidation, "the form does not say its boundary", status: 400) }
        return FormStream(reader, bytes)
    }
}

/// A handler asked for what its route does not take: our own mistake, never a client's.
package struct NotTaken: Error, Equatable, CustomStringConvertible {
    package let route: String
    package let name: String
    package var description: String { "the route \(route) does not take \(name)" }
}

/// A form in pieces, read once by one reader.
package struct FormStream: AsyncSequence, Sendable {
    private let reader: MultipartReader
    private let bytes: ByteStream

    init(_ reader: MultipartReader, _ bytes: ByteStream) {
        self.reader = reader
        self.bytes = bytes
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        var reader: MultipartReader
        var bytes: ByteStream.AsyncIterator
        var ready: [MultipartPiece] = []

        package mutating func next() async throws -> MultipartPiece? {
            while ready.isEmpty {
                guard let piece = try await bytes.next() else {
                    try reader.end()
                    return nil
                }
                ready = try reader.read(piece).reversed()
            }
            return ready.removeLast()
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reader: reader, bytes: bytes.makeAsyncIterator())
    }
}

/// Who asks, once it is known.
package struct Principal: Sendable {
    package let subject: String
    package let tenant: String
    package let scopes: Set<String>
    /// As the service knows him, for its own handlers.
    package let who: (any Sendable)?

    package init(_ subject: String, tenant: String, scopes: Set<String>, who: (any Sendable)? = nil) {
        self.subject = subject
        self.tenant = tenant
        self.scopes = scopes
        self.who = who
    }
}

/// What surrounds a request.
package struct Context: Sendable {
    /// The route's name.
    package let operation: String
    package let requestID: String
    package let trace: TraceContext
    /// Where it came from: the nearest address that is not a proxy of ours.
    package let client: String
    /// Nil on an open route.
    package var principal: Principal?
    package let log: Log

    /// For a handler behind a sign-in.
    package func signedIn() throws -> Principal {
        guard let principal else { throw Problem(.tokenRefused, "sign in first") }
        return principal
    }
}
