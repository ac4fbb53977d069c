// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
package import Contracts
package import HTTP
import Wire

extension HTTPResponse {
    /// A value as JSON. What cannot be written is our own mistake.
    package static func json(_ status: HTTPStatus = 200, _ value: some Encodable, _ fields: HTTPFields = [:])
        -> HTTPResponse
    {
        do { return json(status, bytes: try JSON.encode(value), fields) } catch {
            return HTTPResponse(500, ["Content-Type": MediaType.problem.description])
        }
    }

    /// JSON that is written already.
    package static func json(_ status: HTTPStatus = 200, bytes: [UInt8], _ fields: HTTPFields = [:]) -> HTTPResponse {
        var response = HTTPResponse(status, fields, body: .bytes(bytes))
        response.fields["Content-Type"] = MediaType.json.description
        return response
    }

    /// 201, and where it is now.
    package static func created(_ value: some Encodable, at place: String) -> HTTPResponse {
        json(201, value, ["Location": place])
    }

    /// 202: begun, and where to look.
    package static func accepted(_ value: some Encodable, at place: String) -> HTTPResponse {
        json(202, value, ["Location": place])
    }

    package static var none: HTTPResponse { HTTPResponse(204) }

    package static func text(_ text: String, type: MediaType = .text) -> HTTPResponse {
        HTTPResponse(200, ["Content-Type": type.description], body: .bytes(Array(text.utf8)))
    }

    /// Elsewhere for now: a short-lived link to a file.
    package static func found(_ place: String) -> HTTPResponse { HTTPResponse(302, ["Location": place]) }

    /// Names the state of what is answered: a client that has it already is told so instead.
    package func tagged(_ tag: EntityTag) -> HTTPResponse {
        var response = self
        response.fields["ETag"] = tag.description
        return response
    }
}

/// One page of a list, and where the next begins.
package struct Page<Item: Codable & Sendable>: Codable, Sendable {
    package let items: [Item]
    package let nextCursor: String?

    private enum CodingKeys: String, CodingKey {
        case items
        case nextCursor = "next_cursor"
    }

    package init(_ items: [Item], next: String? = nil) {
        self.items = items
        nextCursor = next
    }

    package static func shape(of item: Shape) -> Shape {
        Shape(
            item.name + "Page",
            [
                .must("items", .list(of: .object(item))),
                .may("next_cursor", .text(atMost: Cursor.longest), "pass it as `cursor` to see what follows"),
            ])
    }

    /// The page as an answer, with `Link` for those who follow it.
    package func response(to input: Input) -> HTTPResponse {
        var response = HTTPResponse.json(200, self)
        guard let nextCursor else { return response }
        var query = URLQuery()
        for item in input.target.query.items where item.name != "cursor" { query.add(item.name, item.value) }
        query.add("cursor", nextCursor)
        let path = input.head.target.prefix { $0 != "?" }
        response.fields["Link"] = "<\(path)?\(query.text)>; rel=\"next\""
        return response
    }
}
