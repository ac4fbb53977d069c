// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
import HTTP

/// Finds the route of a path in as many steps as the path has segments.
struct Router: Sendable {
    struct Found: Sendable {
        /// By method.
        let routes: [HTTPMethod: Int]
        /// What stands where a template has `{…}`, in its order.
        let words: [String]
        let allowed: String
    }

    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var word: Int?
        var routes: [HTTPMethod: Int] = [:]
        var allowed = ""
    }

    private var nodes = [Node()]

    /// Two routes at one place with one method are a mistake that the first test of a site finds.
    init(_ routes: [Route]) throws {
        for (index, route) in routes.enumerated() {
            let place = try add(route)
            guard nodes[place].routes.updateValue(index, forKey: route.method) == nil else {
                throw RouteFault(route.id, "another route has its method and path")
            }
            nodes[place].allowed = Self.allowed(nodes[place].routes)
        }
    }

    func find(_ segments: [String]) -> Found? {
        var words: [String] = []
        guard let place = walk(segments[...], from: 0, &words) else { return nil }
        return Found(routes: nodes[place].routes, words: words, allowed: nodes[place].allowed)
    }

    private mutating func add(_ route: Route) throws -> Int {
        guard route.path.hasPrefix("/") else { throw RouteFault(route.id, "its path begins without a slash") }
        var place = 0
        for segment in route.path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let isWord = segment.hasPrefix("{") && segment.hasSuffix("}")
            let known = isWord ? nodes[place].word : nodes[place].literals[String(segment)]
            if let known {
                place = known
                continue
            }
            nodes.append(Node())
            if isWord {
                nodes[place].word = nodes.count - 1
            } else {
                nodes[place].literals[String(segment)] = nodes.count - 1
            }
            place = nodes.count - 1
        }
        return place
    }

    /// What is written out goes before what stands for anything.
    private func walk(_ rest: ArraySlice<String>, from place: Int, _ words: inout [String]) -> Int? {
        guard let segment = rest.first else { return nodes[place].routes.isEmpty ? nil : place }
        if let next = nodes[place].literals[segment], let end = walk(rest.dropFirst(), from: next, &words) {
            return end
        }
        guard let next = nodes[place].word, !segment.isEmpty else { return nil }
        words.append(segment)
        if let end = walk(rest.dropFirst(), from: next, &words) { return end }
        words.removeLast()
        return nil
    }

    private static func allowed(_ routes: [HTTPMethod: Int]) -> String {
        var names = Set(routes.keys.map(\.rawValue))
        if names.contains("GET") { names.insert("HEAD") }
        return names.union(["OPTIONS"]).sorted().joined(separator: ", ")
    }
}

/// A route that cannot be served as it is declared.
package struct RouteFault: Error, Equatable, CustomStringConvertible {
    package let route: String
    package let detail: String

    init(_ route: String, _ detail: String) {
        self.route = route
        self.detail = detail
    }

    package var description: String { "the route \(route): \(detail)" }
}
