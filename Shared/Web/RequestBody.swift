// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
package import Contracts
package import HTTP
import Wire

/// A JSON body of one shape. The input is asked with the same value: `let note = try input[newNote]`.
package struct JSONBody<Value: Decodable & Sendable>: Taken {
    private let body: DeclaredBody

    package init(_: Value.Type, _ shape: Shape, example: JSONValue? = nil, limit: Int = 1 << 20) {
        self.init(shape, example, limit, isRequired: true)
    }

    /// A body that may be left out: then it is `{}`.
    package static func optional(_: Value.Type, _ shape: Shape, example: JSONValue? = nil) -> JSONBody {
        JSONBody(shape, example, 1 << 20, isRequired: false)
    }

    private init(_ shape: Shape, _ example: JSONValue?, _ limit: Int, isRequired: Bool) {
        var body = DeclaredBody(.json, shape, example: example ?? shape.example(), limit: limit) { bytes in
            try Self.value(of: bytes.isEmpty && !isRequired ? Array("{}".utf8) : bytes, shape)
        }
        body.isRequired = isRequired
        self.body = body
    }

    package func declare(in route: inout Route) { route.body = body }

    private static func value(of bytes: [UInt8], _ shape: Shape) throws -> Value {
        let tree: JSONValue
        do { tree = try JSON.value(of: bytes) } catch {
            throw Problem(.requestValidation, "the body is not JSON: \(Self.sentence(of: error))", status: 400)
        }
        let faults = ValueCheck.faults(in: tree, as: .object(shape))
        guard faults.isEmpty else {
            throw Problem(
                .requestValidation, "the body is not what \(shape.name) says", status: 422,
                faults: faults.map { Problem.Fault(.body(pointer: $0.pointer), $0.detail) })
        }
        do { return try JSON.decode(Value.self, from: bytes) } catch let error as DecodingError {
            throw Problem(.requestValidation, "the body cannot be used", status: 422, faults: [error.fault])
        }
    }

    private static func sentence(of error: any Error) -> String {
        (error as? JSONReader.Fault)?.detail ?? "it cannot be read"
    }
}

/// A body that is read by its handler as it comes: a form, a file. `input.stream` has it, `input.form` takes it apart.
package struct StreamedBody: Taken {
    private let body: DeclaredBody

    /// A form whose parts the shape names; a part of the type `.any` is a file. A small one is read whole by
    /// `input.wholeForm`.
    package static func form(_ shape: Shape, limit: Int) -> StreamedBody {
        StreamedBody(body: DeclaredBody(.multipart, shape, example: shape.example(), limit: limit, read: nil))
    }

    /// Bytes of a type.
    package static func bytes(_ type: MediaType, limit: Int) -> StreamedBody {
        StreamedBody(body: DeclaredBody(type, nil, example: .string("bytes"), limit: limit, read: nil))
    }

    package func declare(in route: inout Route) { route.body = body }
}

/// A body as the document shows it and the site reads it.
package struct DeclaredBody: Sendable {
    package let type: MediaType
    package let shape: Shape?
    package let example: JSONValue
    package let limit: Int
    package var isRequired = true
    /// Nil when the handler reads it.
    package let read: (@Sendable ([UInt8]) throws -> any Sendable)?

    init(
        _ type: MediaType, _ shape: Shape?, example: JSONValue, limit: Int,
        read: (@Sendable ([UInt8]) throws -> any Sendable)?
    ) {
        self.type = type
        self.shape = shape
        self.example = example
        self.limit = limit
        self.read = read
    }
}

extension DecodingError {
    fileprivate var fault: Problem.Fault {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            Problem.Fault(.body(pointer: Self.pointer(context.codingPath)), context.debugDescription)
        case .keyNotFound(let key, let context):
            Problem.Fault(.body(pointer: Self.pointer(context.codingPath + [key])), "it must be there")
        @unknown default: Problem.Fault(.body(pointer: ""), "it cannot be read")
        }
    }

    private static func pointer(_ path: [any CodingKey]) -> String {
        path.map { "/" + JSONPointer.escaped($0.intValue.map(String.init) ?? $0.stringValue) }.joined()
    }
}
