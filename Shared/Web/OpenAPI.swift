// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
package import Contracts
import HTTP
import Wire

/// The document of a site, drawn from the routes that serve it. The same routes, the same bytes.
package enum OpenAPI {
    package static func document(_ title: SiteTitle, _ routes: [Route]) -> JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        var shapes = ShapeBook()
        for route in routes where !route.isHidden {
            let method = route.method.rawValue.lowercased()
            paths[route.path, default: [:]][method] = operation(route, &shapes)
        }
        shapes.add(Problem.shape)
        return .object([
            "openapi": .string("3.1.0"),
            "info": .object([
                "title": .string(title.name), "version": .string(title.version),
                "description": .string(title.description),
            ]),
            "paths": .object(paths.mapValues(JSONValue.object)),
            "components": .object([
                "schemas": .object(shapes.schemas),
                "responses": .object(["Problem": problemResponse]),
                "securitySchemes": .object(["bearer": .object(["type": .string("http"), "scheme": .string("bearer")])]),
            ]),
        ])
    }

    /// Answered without a task: the bytes are written once.
    static func route(_ document: JSONValue) -> Route {
        let bytes = JSON.text(of: document)
        return Route.get("/openapi.json", "getOpenAPI", "Describes this site").open().hidden()
            .answers(.body(200, .json, "the OpenAPI document", example: "{}"))
            .now { _ in .json(bytes: bytes) }
    }

    private static func operation(_ route: Route, _ shapes: inout ShapeBook) -> JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .string(route.id), "summary": .string(route.summary),
            "responses": .object(responses(route, &shapes)),
        ]
        if !route.description.isEmpty { members["description"] = .string(route.description) }
        if !route.tag.isEmpty { members["tags"] = .array([.string(route.tag)]) }
        if route.farewell != nil { members["deprecated"] = .bool(true) }
        if !route.parameters.isEmpty { members["parameters"] = .array(route.parameters.map { parameter($0, &shapes) }) }
        if let body = route.body {
            members["requestBody"] = .object([
                "required": .bool(body.isRequired),
                "content": .object([body.type.essence: content(body.type, body.shape, body.example, &shapes)]),
            ])
        }
        members["security"] = .array(
            route.scopes.map { [.object(["bearer": .array($0.map(JSONValue.string))])] } ?? [])
        return .object(members)
    }

    private static func parameter(_ parameter: DeclaredParameter, _ shapes: inout ShapeBook) -> JSONValue {
        var schema = shapes.schema(of: parameter.type)
        // No byte of a path is one that cannot be seen: `URLTarget` refuses it.
        if parameter.place == .path, case .object(var members) = schema, members["pattern"] == ShapeBook.anyText {
            members["pattern"] = .string("^[^\\u0000-\\u001f\\u007f]+$")
            schema = .object(members)
        }
        if let usual = parameter.usual, case .object(var members) = schema {
            members["default"] = usual
            schema = .object(members)
        }
        return .object([
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.isRequired), "description": .string(parameter.meaning), "schema": schema,
            "example": parameter.example,
        ])
    }

    // MARK: answers

    /// What a route says, and what the site says for every route of its kind.
    private static func responses(_ route: Route, _ shapes: inout ShapeBook) -> [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        for status in usualProblems(route) {
            responses["\(status)"] = .object(["$ref": .string("#/components/responses/Problem")])
        }
        responses["default"] = .object(["$ref": .string("#/components/responses/Problem")])
        for answer in route.answers { responses["\(answer.status.code)"] = response(answer, &shapes) }
        return responses
    }

    private static func usualProblems(_ route: Route) -> [Int] {
        var statuses = [400, 406, 500, 504]
        if route.scopes != nil { statuses += [401, 403] }
        if route.parameters.contains(where: { $0.place == .path }) { statuses.append(404) }
        if route.parameters.contains(where: { $0.place != .path }) { statuses.append(422) }
        if route.body != nil { statuses += [413, 415, 422] }
        return statuses
    }

    private static func response(_ answer: Answer, _ shapes: inout ShapeBook) -> JSONValue {
        var members: [String: JSONValue] = ["description": .string(answer.meaning)]
        if let type = answer.type {
            let body = content(type, answer.shape, answer.example, &shapes)
            members["content"] = .object([type.essence: body])
        }
        if !answer.fields.isEmpty {
            members["headers"] = .object(
                answer.fields.mapValues {
                    .object([
                        "description": .string($0), "required": .bool(true),
                        "schema": .object(["type": .string("string")]),
                    ])
                })
        }
        return .object(members)
    }

    private static func content(
        _ type: MediaType, _ shape: Shape?, _ example: JSONValue?, _ shapes: inout ShapeBook
    ) -> JSONValue {
        var members: [String: JSONValue] = [:]
        switch shape {
        case nil: members["schema"] = plainSchema(of: type)
        case let form? where type == .multipart: members["schema"] = ShapeBook.form(form)
        case let shape?: members["schema"] = shapes.reference(to: shape)
        }
        if let example { members["example"] = example }
        return .object(members)
    }

    private static func plainSchema(of type: MediaType) -> JSONValue {
        type.essence == MediaType.json.essence ? .object([:]) : .object(["type": .string("string")])
    }

    private static var problemResponse: JSONValue {
        .object([
            "description": .string("what went wrong, and whether it is worth trying again"),
            "content": .object([
                MediaType.problem.essence: .object([
                    "schema": .object(["$ref": .string("#/components/schemas/Problem")]),
                    "example": problemExample,
                ])
            ]),
        ])
    }

    private static var problemExample: JSONValue {
        .object([
            "type": .string("urn:ainer:problem:\(ErrorCode.notFound.rawValue)"),
            "title": .string(ErrorCode.notFound.entry.meaning), "status": .integer(404),
            "detail": .string("there is nothing at this path"), "instance": .string("/api/v1/nothing"),
            "error_code": .string(ErrorCode.notFound.rawValue), "retryable": .bool(false),
            "owner_module": .string("gateway"), "trace_id": .string("4bf92f3577b34da6a3ce929d0e0e4736"),
        ])
    }
}
